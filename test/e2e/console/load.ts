import {
  commonWord,
  fillElasticsearch,
  fillTopic,
  loadGroup,
  loadTopic,
  rareWord,
} from "../../support/gateway/console-load.ts";
import { type ConsoleStage, openConsole } from "../../support/gateway/console-stage.ts";
import type { RealConsole } from "../../support/gateway/real-console.ts";
import { httpCall } from "../../support/http/http-call.ts";

/** Maximum duration of an answer, and of a view's data after the page's frame, in milliseconds. */
const maxMs = 1_000;
const rounds = 5;

const q = encodeURIComponent;

/** Fills Elasticsearch and Kafka, and declares tests that each view answers within a second. */
export function describeLoad(stage: () => RealConsole): void {
  describe("with 20,000 documents and 20,000 messages", () => {
    beforeAll(async () => {
      const { elasticsearch, kafka } = stage();
      await Promise.all([fillElasticsearch(elasticsearch.url, 20_000), fillTopic(kafka.brokers, 20_000)]);
    }, 120_000);
    describeResponseTimes(stage, {
      paths: [...documentPaths, ...topicPaths, ...otherPaths],
      views: loadViews,
    });
  });
}

/** Requests for documents, the same for both stores. */
export const documentPaths: readonly string[] = [
  "documents",
  "documents?size=500",
  `documents?q=${commonWord}`,
  `documents?q=${rareWord}`,
  `documents?q=${q('"kind people" OR 東京 AND NOT café')}`,
  `documents?q=${q("polarity:>0.5 AND NOT kind")}`,
  "documents?author=author7&sort=polarity&order=asc",
  "documents?polarityMin=0.5&polarityBelow=0.75&sort=polarity",
  "documents?last=1h",
  "documents/summary",
  "documents/summary?last=1h",
  `documents/summary?q=${commonWord}`,
];

/** Requests for topics and their messages. */
export const topicPaths: readonly string[] = [
  "topics",
  "topics/~groups",
  `topics/~groups/${loadGroup}`,
  `topics/${loadTopic}`,
  `topics/${loadTopic}/messages`,
  `topics/${loadTopic}/messages?from=oldest&limit=500`,
  `topics/${loadTopic}/messages?from=offset&partition=0&offset=1000`,
  `topics/${loadTopic}/messages?from=time&time=${Date.now() - 86_400_000}`,
  `topics/${loadTopic}/messages?contains=${commonWord}`,
  `topics/${loadTopic}/messages?contains=${rareWord}`,
  `topics/${loadTopic}/messages/0/1000`,
  `topics/${loadTopic}.dead-letter/dead-letters`,
  `topics/${loadTopic}.dead-letter/dead-letters?code=invalid_tweet&limit=1000`,
];

/** Requests for functions and the chain. */
export const otherPaths: readonly string[] = [
  "functions",
  "functions/sentiment",
  "functions/sentiment/calls",
  "ethereum/network",
  "ethereum/blocks",
  "ethereum/consensus",
  "ethereum/block/0",
  "ethereum/search?q=0",
];

/** Pages of all views. */
export const loadViews: readonly string[] = [
  ...["", "documents", `documents?q=${commonWord}`, "topics", `topics/${loadTopic}`, "topics/~groups"],
  ...[`topics/${loadTopic}?from=oldest`, `topics/${loadTopic}.dead-letter/dead-letters`],
  ...["functions", "functions/sentiment", "ethereum", "health"],
];

/** The requests and views to measure. */
interface LoadOptions {
  paths: readonly string[];
  views: readonly string[];
}

/**
 * Declares tests that requests are answered within a second, independent of the stored amount, and that views show their data a second
 * after the frame of the page. The machine and the browser need that time for any view.
 */
export function describeResponseTimes(stage: () => ConsoleStage, { paths, views }: LoadOptions): void {
  it.each(paths)("answers %s within a second", async (path) => {
    await expectFast(path, async () => {
      const begin = performance.now();
      const { status, body } = await httpCall(`${stage().gateway.url}/ui/api/${path}`);
      const ms = performance.now() - begin;
      expect(status === 200 ? status : body).toBe(200);
      return ms;
    });
  });

  it.each(views)("shows /ui/%s within a second after the page's frame", async (path) => {
    await expectFast(`/ui/${path}`, async () => {
      const frame = await open(stage(), "no-such-view");
      return (await open(stage(), path)) - frame;
    });
  });
}

/** Opens a view in a browser without a cache. Returns the milliseconds from the navigation until it shows its data. */
async function open(stage: ConsoleStage, path: string): Promise<number> {
  await using opened = await openConsole(stage, path);
  await opened.page.locator("main h1, main .empty").first().waitFor();
  await opened.page.locator("main .loading").first().waitFor({ state: "detached" });
  const ms = Number(await opened.page.evaluate("performance.now()"));
  expect(await opened.page.locator("main .failed").allTextContents()).toEqual([]);
  expect(opened.complaints).toEqual([]);
  return ms;
}

/** Measures up to five times until the limit holds, because the machine may be busy. */
async function expectFast(description: string, measure: () => Promise<number>): Promise<void> {
  const times: number[] = [];
  while (times.length < rounds && !times.some((ms) => ms < maxMs)) times.push(await measure());
  report(`${times.map((ms) => ms.toFixed(0).padStart(5)).join()} ms  ${description}`);
  expect(Math.min(...times)).toBeLessThan(maxMs);
}

/** The soak test prints the measurements. */
function report(line: string): void {
  if (process.env.CONSOLE_LOAD === "full") process.stderr.write(`soak: ${line}\n`);
}
