/** A stream of server-sent events. */
export interface EventsReader {
  answer: Response;
  /** Returns the next event, or one with the name `end` after the stream has ended. */
  next(): Promise<{ name: string; data: never }>;
  /** Returns the next event with a name. */
  nextEvent<T>(name: string): Promise<T>;
  cancel(): void;
}

/** Reads server-sent events; `next` returns them one after the other. */
export async function readEvents(url: string, init: RequestInit = {}): Promise<EventsReader> {
  const abort = new AbortController();
  const answer = await fetch(url, { ...init, signal: abort.signal });
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  async function next(): Promise<{ name: string; data: never }> {
    for (;;) {
      const match = /event: (.*)\ndata: (.*)\n\n/.exec(text);
      if (match !== null) {
        text = text.slice(match.index + match[0].length);
        return { name: match[1]!, data: JSON.parse(match[2]!) as never };
      }
      const { done, value } = await reader.read();
      if (done) return { name: "end", data: null as never };
      text += value;
    }
  }
  async function nextEvent<T>(name: string): Promise<T> {
    for (;;) {
      const event = await next();
      if (event.name === name) return event.data;
      if (event.name === "end") throw new Error(`the events ended before one of the name ${name}`);
    }
  }
  return { answer, next, nextEvent, cancel: () => abort.abort() };
}
