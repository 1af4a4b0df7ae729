import type { PeerMood } from "./fake-peers.ts";

/** The environment of a function's process. */
export type EnvironmentName = "usual" | "guarded" | "misconfigured" | "with peers";

/** Conditions of a call of functions-api.yml that an OpenAPI document cannot express. */
export interface Condition {
  environment?: EnvironmentName;
  /** Replaces the headers of the call. */
  headers?: Readonly<Record<string, string>>;
  /** Replaces the body of the call. */
  body?: string | Buffer;
  /** How the function's peers answer. */
  mood?: PeerMood;
  /** The secret that is missing during the call. */
  missing?: string;
  /** Whether the call depends on a setting whose value in stack.yml differs from the default. */
  needsDefaults?: true;
  /** Whether the call needs the chain of the fake node. */
  needsFakeChain?: true;
}

const json = { "content-type": "application/json" };
const text = { "content-type": "text/plain" };

/** The conditions of calls by the names of their examples. */
const conditions: Readonly<Record<string, Condition>> = {
  "broken-json": { headers: json, body: '{"text":' },
  "not-utf-8": { headers: text, body: Buffer.from([0xff]) },
  picture: { headers: { "content-type": "image/png" }, body: "x" },
  "malformed-type": { headers: { "content-type": "nonsense" }, body: "{}" },
  "large-body": { headers: text, body: "x".repeat(1_000_001), needsDefaults: true },
  "large-batch": { headers: { "content-type": "application/x-ndjson" }, body: "1\n".repeat(10_001) },
  "long-text": { headers: json, body: JSON.stringify({ text: "x".repeat(100_001) }) },
  "through-a-gateway": { headers: { "x-call-id": "call-1" } },
  "by-hash": { needsFakeChain: true },
  held: { needsFakeChain: true },
  "no-credentials": { environment: "guarded" },
  "missing-secret": { environment: "guarded", missing: "token" },
  "parsed-body": {
    environment: "guarded",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "text=People+are+kind",
  },
  "wrong-setting": { environment: "misconfigured" },
  "peer-bad-answer": { environment: "with peers", mood: "garbled" },
  "peer-unavailable": { environment: "with peers", mood: "resetting" },
  "peer-timeout": { environment: "with peers", mood: "slow" },
  "not-scored": { environment: "with peers", mood: "refusing texts" },
  "refused-document": { environment: "with peers", mood: "refusing documents" },
};

/** Returns the condition of the calls with a name; for most calls it is empty. */
export function findCondition(name: string): Condition {
  return conditions[name] ?? {};
}

/** The names in the list of conditions. */
export const conditionNames: readonly string[] = Object.keys(conditions);
