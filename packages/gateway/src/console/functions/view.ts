import type { BuildView } from "../live/view.ts";

/** `GET /ui/api/functions`: a function in the list. */
export interface FunctionSummary {
  name: string;
  image: string;
  /** The number of calls in each of the last 60 minutes, oldest first. */
  perMinute: number[];
  /** The number of 5xx answers in these minutes. */
  failed: number;
  /** Milliseconds since 1970; null before the first call. */
  lastCallAt: number | null;
}

/** `GET /ui/api/functions/NAME`: the definition and state of a function. */
export interface FunctionDetail {
  name: string;
  namespace: string;
  description: string;
  image: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  replicas: { wanted: number; available: number };
  scaling: ScalingView;
  /** The number of answered calls. */
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
  /** Labels of permitted nodes. */
  constraints: readonly string[];
  readOnlyRootFilesystem: boolean;
  /** null unless `npm run dev` builds the function. */
  build: BuildView | null;
  /** The reason why the function refuses calls; empty when it accepts them. */
  refusal: string;
  /** The examples of the annotation `examples`; null without it. */
  examples: Example[] | null;
  /** The problem of that annotation; empty without a problem. */
  examplesProblem: string;
}

/** The permitted numbers of replicas of a function. */
export interface ScalingView {
  /** The reason why the console cannot scale; empty when it can. */
  refusal: string;
  /** Minimum and maximum replicas of a function that is not at zero. */
  least: number;
  most: number;
}

/** A variable of a function's environment. */
export interface EnvironmentVariable {
  name: string;
  /** null when it is hidden because it looks like a secret. */
  value: string | null;
  /** Whether the value, or a part of it such as the path of a URL, is hidden. */
  isMasked: boolean;
}

/** An example call, in the format of `functions/NAME/examples.json` and the annotation `examples`. */
export interface Example {
  label: string;
  method: string;
  /** Path and query below the function's URL, such as `?block=1`. */
  query: string;
  body: string;
}

/** The origin of a call: a waiting client, the queue of asynchronous calls, or the schedule. */
export type CallKind = "sync" | "async" | "scheduled";

/** `GET /ui/api/functions/NAME/calls`: the calls of a function that this gateway keeps. */
export interface FunctionCalls {
  /** The start of counting: the gateway's start, or two hours ago. Milliseconds since 1970. */
  since: number;
  /** The minutes with calls, oldest first. */
  minutes: CallMinute[];
  /** The last 100, newest first. */
  calls: CallView[];
}

/** The calls of a minute. */
export interface CallMinute {
  /** The start of the minute, in milliseconds since 1970. */
  time: number;
  calls: number;
  /** The number of 5xx answers. */
  failed: number;
  /** Latencies in milliseconds, within 5 %. */
  p50: number;
  p95: number;
}

/** An answered or failed call. */
export interface CallView {
  callId: string;
  /** The start of the call, in milliseconds since 1970. */
  time: number;
  status: number;
  /** The time to the first byte of the answer. */
  milliseconds: number;
  kind: CallKind;
}

/** `GET /ui/api/functions/NAME/calls/ID/log`: the lines of a function's log that contain a call id. */
export interface CallLog {
  lines: LogLineView[];
  /** Whether further lines were left out. */
  isCut: boolean;
}

/** A line of a log. */
export interface LogLineView {
  /** Milliseconds since 1970. */
  time: number;
  instance: string;
  text: string;
}

/** `GET /ui/api/functions/NAME/async-calls`: an asynchronous call that this gateway keeps. */
export interface AsyncCallView {
  callId: string;
  method: string;
  /** Path and query below the function's URL. */
  path: string;
  /** waiting: this gateway has not started the call; another one may have. */
  state: "waiting" | "running" | "ended";
  /** Milliseconds since 1970. */
  acceptedAt: number;
  endedAt: number | null;
  /** The status of the answer or of the failure; null before the end. */
  status: number | null;
  /** The outcome of the callback; null without a callback and before its end. */
  callback: "delivered" | "given_up" | null;
}

/** `GET /ui/api/functions/NAME/async-calls/ID`: an asynchronous call with its result. */
export interface AsyncCallResult extends AsyncCallView {
  /** null before the end. */
  answer: AnswerExcerpt | null;
  /** The error message of a call without an answer; empty otherwise. */
  failure: string;
}

/** The beginning of an answer. */
export interface AnswerExcerpt {
  type: string;
  /** The first 64 kB; base64 when they are not UTF-8. */
  body: string;
  isBase64: boolean;
  /** The size of the whole body. */
  bytes: number;
}
