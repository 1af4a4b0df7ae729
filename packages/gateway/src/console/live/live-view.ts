import { PlatformError } from "@platform/shared/errors/platform-error";
import { EventReaders, formatEvent } from "@platform/shared/service/event-readers";
import type { Request, Response } from "express";
import type { FunctionCatalog } from "../../http/function-catalog.ts";
import type { CallHistory } from "../functions/call-history.ts";
import { functionViews } from "../functions/function-views.ts";
import { functionFlows } from "../overview/function-flows.ts";
import type { Source } from "./source.ts";
import type { About, DependencyView, LiveEvents } from "./view.ts";

/** Options of LiveView. */
export interface LiveViewOptions {
  functions: FunctionCatalog;
  history: CallHistory;
  about: About;
  /** The setting that selects the functions, and its value. */
  functionSource: Pick<DependencyView, "setting" | "place">;
  /** Logs unexpected errors. */
  log(error: unknown): void;
}

/** A source and its state. */
interface WatchedSource {
  source: Source;
  state: DependencyView["state"];
  detail: string;
  lastUp: number | undefined;
  reading: Promise<void> | undefined;
}

const publishIntervalMs = 1_000;
/** The pause between two reads of a source, in milliseconds. */
const readPauseMs = 2_000;
const maxReaders = 100;

/** Polls its sources while a page is open, and sends changes to all readers. */
export class LiveView {
  readonly #options: LiveViewOptions;
  readonly #readers = new EventReaders({ maxReaders });
  /** The latest event of each name. */
  readonly #latest = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;
  #watched: WatchedSource[] = [];

  constructor(options: LiveViewOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#update(), publishIntervalMs);
    this.#publish("about", options.about);
  }

  /** Whether a page is open. */
  get isWatched(): boolean {
    return this.#readers.size > 0;
  }

  /** Replaces the sources. */
  show(sources: readonly Source[]): void {
    this.#watched = sources.map((source) => ({
      source,
      state: source.about.kind === "off" ? "off" : "checking",
      detail: "",
      lastUp: undefined,
      reading: undefined,
    }));
    this.#update();
  }

  /** Opens an event stream: first the latest event of each name, then changes. */
  open(request: Request, response: Response): void {
    this.#readers.open(request, response, [...this.#latest.values()].join(""));
    this.#update();
  }

  /** Ends all event streams. */
  closeStreams(): void {
    clearInterval(this.#timer);
    this.#readers[Symbol.dispose]();
  }

  #update(): void {
    if (!this.isWatched) return;
    const { functions, history } = this.#options;
    this.#publish("functions", functionViews(functions, history));
    this.#publish("pipeline", functionFlows(functions, history));
    for (const watched of this.#watched) {
      if (watched.state !== "off")
        watched.reading ??= this.#read(watched).then(() => this.#scheduleRead(watched));
    }
    this.#publish("health", this.#health());
  }

  #scheduleRead(watched: WatchedSource): void {
    setTimeout(() => {
      watched.reading = undefined;
    }, readPauseMs).unref();
  }

  async #read(watched: WatchedSource): Promise<void> {
    try {
      const { events, note } = await watched.source.read(
        functionFlows(this.#options.functions, this.#options.history),
      );
      Object.assign(watched, { state: "up", detail: note, lastUp: Date.now() });
      for (const [name, data] of Object.entries(events)) this.#publish(name as keyof LiveEvents, data);
    } catch (error) {
      const expected = error instanceof PlatformError;
      if (!expected) this.#options.log(error);
      Object.assign(watched, {
        state: "down",
        detail: expected ? error.message : "failed; the log says why",
      });
    }
    this.#publish("health", this.#health());
  }

  #health(): DependencyView[] {
    const { functions, functionSource } = this.#options;
    const down = functions.values().filter(({ replicas }) => replicas.available === 0 && replicas.wanted > 0);
    const functionsView: DependencyView = {
      name: "Functions",
      kind: "real",
      ...functionSource,
      state: down.length === 0 ? "up" : "down",
      detail:
        down.length === 0
          ? `${functions.size} ${functions.size === 1 ? "function" : "functions"}`
          : down
              .map(
                ({ definition, refusal }) =>
                  `${definition.name} is not ${refusal?.code === "function_not_built" ? "built" : "up"}`,
              )
              .join(", "),
    };
    return [
      functionsView,
      ...this.#watched.map(({ source, state, detail, lastUp }) => ({
        ...source.about,
        state,
        detail,
        ...(state === "down" && lastUp !== undefined ? { lastUp } : {}),
      })),
    ];
  }

  #publish<Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]): void {
    const text = formatEvent(name, data);
    if (this.#latest.get(name) === text) return;
    this.#latest.set(name, text);
    this.#readers.send(text);
  }
}
