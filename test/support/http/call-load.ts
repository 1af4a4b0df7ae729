import type { HttpAnswer } from "./http-call.ts";

/** Callers that repeat a call until they are stopped. */
export interface StartedLoad {
  /** The number of calls with status 200, and the results of all other calls. */
  stop(): Promise<{ answers: number; failures: string[] }>;
}

/** Starts eight callers with one call at a time each, for two minutes at most. */
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
