import type { BuildView } from "../live/view.ts";

/** `GET /ui/api/functions`: a function in the list. */
export interface FunctionSummary {
  name: string;
  image: string;
  /** Calls of each of the last 60 minutes, oldest first. */
  perMinute: number[];
  /** Calls of these minutes that were answered with a 5xx status. */
  failed: number;
  /** Milliseconds since 1970; null before the first call. */
  lastCallAt: number | null;
}

/** `GET /ui/api/functions/NAME`: what a function is deployed with, and how it is. */
export interface FunctionDetail {
  name: string;
  namespace: string;
  description: string;
  image: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  replicas: { wanted: number; available: number };
  scaling: ScalingView;
  /** Calls that it has answered. */
  invocations: number;
  /** Calls in flight, waiting calls included. */
  inFlight: number;
  /** Wake-ups from zero by calls; null if it never sleeps. */
  wakeUps: number | null;
  environment: EnvironmentVariable[];
  /** Names of its secrets. */
  secrets: readonly string[];
  annotations: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  requests: Readonly<Record<string, string>>;
  limits: Readonly<Record<string, string>>;
  /** Labels of the nodes that it may run on. */
  constraints: readonly string[];
  readOnlyRootFilesystem: boolean;
  /** null unless `npm run dev` builds it. */
  build: BuildView | null;
  /** Why it refuses calls; empty when it takes them. */
  refusal: string;
  /** Of its annotation `examples`; null without it. */
  examples: Example[] | null;
  /** What is wrong with that annotation; empty without a problem. */
  examplesProblem: string;
}

/** How many replicas a function may have. */
export interface ScalingView {
  /** Why the console cannot scale; empty when it can. */
  refusal: string;
  /** The least and the most replicas of a function that is not at zero. */
  least: number;
  most: number;
}

/** A variable of a function's environment. */
export interface EnvironmentVariable {
  name: string;
  /** null when it is hidden, because it looks like a secret. */
  value: string | null;
  /** Whether the value, or a part of it such as the path of a URL, is hidden. */
  isMasked: boolean;
}

/** A call to try, as `functions/NAME/examples.json` and the annotation `examples` have it. */
export interface Example {
  label: string;
  method: string;
  /** Path and query below the function's URL, such as `?block=1`. */
  query: string;
  body: string;
}

/** What made a call: a client that waits, the queue of asynchronous calls, or the schedule. */
export type CallKind = "sync" | "async" | "scheduled";

/** `GET /ui/api/functions/NAME/calls`: what this gateway remembers of the calls of a function. */
export interface FunctionCalls {
  /** Since when the gateway counts: its start, or two hours ago. Milliseconds since 1970. */
  since: number;
  /** The minutes with calls, oldest first. */
  minutes: CallMinute[];
  /** The last 100, newest first. */
  calls: CallView[];
}

/** The calls of a minute. */
export interface CallMinute {
  /** Its begin, in milliseconds since 1970. */
  time: number;
  calls: number;
  /** Calls that were answered with a 5xx status. */
  failed: number;
  /** Latencies in milliseconds, within 5 %. */
  p50: number;
  p95: number;
}

/** A call that was answered, or that failed. */
export interface CallView {
  callId: string;
  /** When it began, in milliseconds since 1970. */
  time: number;
  status: number;
  /** Until the answer began. */
  milliseconds: number;
  kind: CallKind;
}

/** `GET /ui/api/functions/NAME/calls/ID/log`: the lines of a function's log that name a call. */
export interface CallLog {
  lines: LogLineView[];
  /** Whether there are more lines than these. */
  isCut: boolean;
}

/** A line of a log. */
export interface LogLineView {
  /** Milliseconds since 1970. */
  time: number;
  instance: string;
  text: string;
}

/** `GET /ui/api/functions/NAME/async-calls`: an asynchronous call that this gateway remembers. */
export interface AsyncCallView {
  callId: string;
  method: string;
  /** Path and query below the function's URL. */
  path: string;
  /** waiting: no gateway known to this one has begun it. */
  state: "waiting" | "running" | "ended";
  /** Milliseconds since 1970. */
  acceptedAt: number;
  endedAt: number | null;
  /** The status of its last answer, or of the failure to get one; null before. */
  status: number | null;
  /** What became of its callback; null without a callback, and before. */
  callback: "delivered" | "given_up" | null;
}

/** `GET /ui/api/functions/NAME/async-calls/ID`: an asynchronous call with its result. */
export interface AsyncCallResult extends AsyncCallView {
  /** null before the end. */
  answer: KeptAnswer | null;
  /** Why there is no answer; empty otherwise. */
  failure: string;
}

/** The begin of an answer. */
export interface KeptAnswer {
  type: string;
  /** The first 64 kB; base64 when they are not UTF-8. */
  body: string;
  isBase64: boolean;
  /** The size of the whole body. */
  bytes: number;
}
