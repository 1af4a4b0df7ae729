import { PlatformError } from "@platform/shared/errors/platform-error";
import { EventReaders, eventOf } from "@platform/shared/service/event-readers";
import type { Request, Response } from "express";
import type { FunctionCatalog } from "../http/function-catalog.ts";
import { functionViews } from "./function-views.ts";
import type { RecentCalls } from "./recent-calls.ts";
import type { Source } from "./source.ts";
import type { About, DashboardEvents, DependencyView } from "./view.ts";

/** What the dashboard shows beside its sources. */
export interface DashboardOptions {
  functions: FunctionCatalog;
  calls: RecentCalls;
  about: About;
  /** The setting that says which functions there are, and its value. */
  functionsFrom: Pick<DependencyView, "setting" | "place">;
  /** Takes what went wrong by our own fault. */
  log(error: unknown): void;
}

/** A source and how it is. */
interface Watched {
  source: Source;
  state: DependencyView["state"];
  detail: string;
  reading: Promise<void> | undefined;
}

const everySecond = 1_000;
/** A source is read this long after the last time, in milliseconds. */
const pause = 2_000;
const maxReaders = 100;

/** Reads its sources while somebody watches, and tells each reader what has changed. */
export class Dashboard {
  readonly #options: DashboardOptions;
  readonly #readers = new EventReaders({ maxReaders });
  /** The latest event of each name. */
  readonly #latest = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;
  #watched: Watched[] = [];

  constructor(options: DashboardOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), everySecond);
    this.#publish("about", options.about);
  }

  /** Does anybody look at it? */
  get isWatched(): boolean {
    return this.#readers.size > 0;
  }

  /** From now on it shows these. */
  show(sources: readonly Source[]): void {
    this.#watched = sources.map((source) => ({
      source,
      state: source.about.kind === "off" ? "off" : "checking",
      detail: "",
      reading: undefined,
    }));
    this.#look();
  }

  /** Answers a reader: all that is known at once, then what changes. */
  open(request: Request, response: Response): void {
    this.#readers.open(request, response, [...this.#latest.values()].join(""));
    this.#look();
  }

  /** Ends the readers' answers. */
  hangUp(): void {
    clearInterval(this.#timer);
    this.#readers[Symbol.dispose]();
  }

  /** Closes the sources. */
  async close(): Promise<void> {
    await Promise.all(this.#watched.map(({ source }) => source.close()));
  }

  #look(): void {
    if (!this.isWatched) return;
    const { functions, calls } = this.#options;
    this.#publish("functions", functionViews(functions, calls));
    for (const one of this.#watched) {
      if (one.state !== "off") one.reading ??= this.#read(one).then(() => this.#readAgain(one));
    }
    this.#publish("health", this.#health());
  }

  #readAgain(one: Watched): void {
    setTimeout(() => {
      one.reading = undefined;
    }, pause).unref();
  }

  async #read(one: Watched): Promise<void> {
    try {
      const { events, note } = await one.source.read();
      Object.assign(one, { state: "up", detail: note });
      for (const [name, data] of Object.entries(events)) this.#publish(name as keyof DashboardEvents, data);
    } catch (error) {
      const expected = error instanceof PlatformError;
      if (!expected) this.#options.log(error);
      Object.assign(one, { state: "down", detail: expected ? error.message : "failed; the log says why" });
    }
    this.#publish("health", this.#health());
  }

  #health(): DependencyView[] {
    const { functions, functionsFrom } = this.#options;
    const down = functions.values().filter(({ replicas }) => replicas.available === 0 && replicas.wanted > 0);
    const own: DependencyView = {
      name: "Functions",
      kind: "real",
      ...functionsFrom,
      state: down.length === 0 ? "up" : "down",
      detail:
        down.length === 0
          ? `${functions.size} functions`
          : down
              .map(
                ({ definition, refusal }) =>
                  `${definition.name} is not ${refusal?.code === "function_not_built" ? "built" : "up"}`,
              )
              .join(", "),
    };
    return [own, ...this.#watched.map(({ source, state, detail }) => ({ ...source.about, state, detail }))];
  }

  #publish<Name extends keyof DashboardEvents>(name: Name, data: DashboardEvents[Name]): void {
    const text = eventOf(name, data);
    if (this.#latest.get(name) === text) return;
    this.#latest.set(name, text);
    this.#readers.send(text);
  }
}
