import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { finished } from "node:stream/promises";
import { settlesWithin } from "@platform/shared/clients/settles-within";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import { inSpan } from "@platform/shared/telemetry/tracing";
import { callHeaders } from "./call-headers.ts";
import type { FunctionCatalog } from "./function-catalog.ts";
import type { FunctionTarget } from "./function-target.ts";
import { readSchedule, type Schedule, scheduledTopic } from "./schedule.ts";
import type { FunctionCall } from "./send-call.ts";

/** The outcome of a scheduled call; `skipped`: the previous call was still in flight. */
export type ScheduledOutcome = "succeeded" | "failed" | "skipped";

/** Options of the scheduler. */
export interface SchedulerOptions {
  functions: FunctionCatalog;
  /** Calls a function by its called name, as `/function/` does. */
  call(calledName: string, call: FunctionCall): Promise<IncomingMessage>;
  /** Whether this gateway makes the calls; unset: always. */
  isActive?(): boolean;
  /** Called at each scheduled time of a function, with its outcome. */
  ended(calledName: string, outcome: ScheduledOutcome): void;
  /** Time limit for calls in flight on disposal, in milliseconds. */
  shutdownTimeoutMs: number;
  log: Logger;
}

interface Entry {
  annotations: string;
  /** Undefined without a schedule or with an invalid one. */
  schedule: Schedule | undefined;
  nextAt: number;
}

/** Times this soon after a gateway became active belong to the previous gateway, whose clock may differ. */
const handoverMs = 2_000;

/**
 * Calls functions at the times of their annotation `schedule`. It reads the catalog every second, so it follows added,
 * changed and removed functions. It skips times at which no gateway is active.
 */
export class Scheduler implements AsyncDisposable {
  readonly #options: SchedulerOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #calls = new Map<string, Promise<void>>();
  readonly #abandoned = new AbortController();
  #wasActive = false;
  #timer: NodeJS.Timeout;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    setMaxListeners(Number.POSITIVE_INFINITY, this.#abandoned.signal); // each call in flight adds a listener
    this.#timer = this.#wait();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer);
    const ended = Promise.all(this.#calls.values());
    if (!(await settlesWithin(this.#options.shutdownTimeoutMs, ended))) this.#abandoned.abort();
  }

  #wait(): NodeJS.Timeout {
    return setTimeout(
      () => {
        this.#timer = this.#wait();
        this.#tick(Date.now());
      },
      1_000 - (Date.now() % 1_000),
    );
  }

  #tick(now: number): void {
    const { functions, isActive = () => true } = this.#options;
    const active = isActive();
    const hasBecomeActive = active && !this.#wasActive && this.#options.isActive !== undefined;
    this.#wasActive = active;
    if (!active) {
      this.#entries.clear();
      return;
    }
    const names = new Set(functions.names());
    for (const name of this.#entries.keys()) if (!names.has(name)) this.#entries.delete(name);
    for (const target of functions.values()) {
      const name = functions.calledName(target);
      const entry = this.#readEntry(name, target, hasBecomeActive ? now + handoverMs : now);
      if (entry.schedule === undefined || now < entry.nextAt) continue;
      entry.nextAt = entry.schedule.next(now);
      this.#begin(name);
    }
  }

  #readEntry(name: string, { definition }: FunctionTarget, after: number): Entry {
    const annotations = JSON.stringify([definition.annotations.topic, definition.annotations.schedule]);
    const known = this.#entries.get(name);
    if (known?.annotations === annotations) return known;
    const schedule = this.#readSchedule(name, definition.annotations);
    const nextAt = schedule?.next(after) ?? Number.POSITIVE_INFINITY;
    const entry = { annotations, schedule, nextAt };
    this.#entries.set(name, entry);
    return entry;
  }

  /** Reads a schedule, and logs an invalid one once: kubectl, unlike the API, does not refuse it. */
  #readSchedule(name: string, annotations: Readonly<Record<string, string>>): Schedule | undefined {
    try {
      return readSchedule(annotations);
    } catch (error) {
      this.#options.log.warn({ function: name, error: describeError(error) }, "schedule_wrong");
      return undefined;
    }
  }

  #begin(name: string): void {
    const { ended, log } = this.#options;
    if (this.#calls.has(name)) {
      ended(name, "skipped");
      log.warn({ function: name }, "schedule_skipped");
      return;
    }
    const describe = () => ({ name: `schedule ${name}`, kind: "internal", parent: "none" }) as const;
    const call = inSpan(describe, () => this.#call(name)).finally(() => this.#calls.delete(name));
    this.#calls.set(name, call);
  }

  async #call(name: string): Promise<void> {
    const { call, ended, log } = this.#options;
    const headers = { ...callHeaders(), "x-topic": scheduledTopic };
    const { signal } = this.#abandoned;
    let failure: object | undefined;
    try {
      const answer = await call(name, { method: "POST", url: "/", headers, body: undefined, signal });
      const { statusCode = 502 } = answer;
      if (statusCode >= 400) failure = { status: statusCode };
      await finished(answer.resume(), { signal });
    } catch (error) {
      failure = { error: describeError(error) };
    }
    ended(name, failure === undefined ? "succeeded" : "failed");
    if (failure !== undefined) {
      log.warn({ function: name, call_id: headers["x-call-id"], ...failure }, "scheduled_call_failed");
    }
  }
}
