import { type HttpCall, httpCall } from "../http/http-call.ts";
import { type StartedTemplateHost, stackEnvironment, startTemplateHost } from "../openfaas/template-host.ts";
import { bundleFolder, node18 } from "../repo.ts";

/** tweet-enrich in its own process. */
export interface StartedTweetEnrich extends StartedTemplateHost {
  /** Sends a body, as JSON unless it is a string. Returns the status and the parsed JSON or NDJSON. */
  send(body: unknown, headers?: Readonly<Record<string, string>>): Promise<{ status: number; body: unknown }>;
}

/** Starts the built function under Node.js 18. Without settings for sinks it has none. */
export async function startTweetEnrich(
  env: Readonly<Record<string, string>> = {},
): Promise<StartedTweetEnrich> {
  const host = await startTemplateHost({
    handler: bundleFolder("tweet-enrich"),
    node: node18(),
    env: { ...stackEnvironment, MAX_RAW_SIZE: "8mb", MAX_BODY_BYTES: "8000000", LOG_LEVEL: "warn", ...env },
  });
  return {
    ...host,
    async send(body, headers = {}) {
      const call: HttpCall = { headers: { "content-type": "application/json", ...headers } };
      const answer = await httpCall(host.url, {
        ...call,
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
      const lines = answer.headers["content-type"]?.startsWith("application/x-ndjson");
      return { status: answer.status, body: lines ? parseLines(answer.body) : JSON.parse(answer.body) };
    },
  };
}

function parseLines(text: string): unknown[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
