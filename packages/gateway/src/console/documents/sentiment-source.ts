import type { Source } from "../live/source.ts";
import type { DocumentStore } from "./document-store.ts";

const second = 1_000;
const hour = { length: 3_600 * second, step: 15 * second };
const day = { length: 86_400 * second, step: 600 * second };

/** Reads the sentiment of the last hour and day from a store. */
export function sentimentSource(
  store: DocumentStore,
  about: Pick<Source["about"], "kind" | "place">,
): Source {
  return {
    about: { name: "Elasticsearch", setting: "ELASTICSEARCH_URL", ...about },
    async read() {
      const [ofHour, ofDay] = await Promise.all([hour, day].map((window) => store.summarize(until(window))));
      return {
        events: { sentiment: { hour: ofHour!, day: ofDay! } },
        note: `${ofDay!.count} documents in the last day`,
      };
    },
    close: () => store.close(),
  };
}

/** The window up to the end of the current step, so that unchanged data yields an equal result. */
function until({ length, step }: { length: number; step: number }) {
  const to = Math.ceil(Date.now() / step) * step;
  return { from: to - length, to, step };
}
