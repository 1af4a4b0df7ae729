import type { HttpAnswer } from "./http-call.ts";

/** Calls that go on until they are stopped. */
export interface StartedLoad {
  /** How many calls were answered by 200, and what came of each other one. */
  stop(): Promise<{ answers: number; failures: string[] }>;
}

/** Starts eight callers, each with one call after the other, for two minutes at most. */
export function startLoad(call: () => Promise<HttpAnswer>): StartedLoad {
  let stopping = false;
  let answers = 0;
  const failures: string[] = [];
  const end = Date.now() + 120_000;
  const callers = Array.from({ length: 8 }, async () => {
    while (!stopping && Date.now() < end) {
      try {
        const { status, body } = await call();
        if (status === 200) answers += 1;
        else failures.push(`${status} ${body}`);
      } catch (error) {
        failures.push(String(error));
      }
    }
  });
  return {
    async stop() {
      stopping = true;
      await Promise.all(callers);
      return { answers, failures };
    },
  };
}
