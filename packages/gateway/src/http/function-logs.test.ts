import { FunctionLogs } from "./function-logs.ts";
import { type LogQuery, readLogQuery } from "./log-query.ts";
import { SlowReaderError } from "./log-source.ts";

const line = (text: string, time = 0) => ({ time, instance: "f-1", text });
const all = readLogQuery("/?name=f");

async function readTexts(logs: FunctionLogs, query: Partial<LogQuery> = {}): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of await logs.read({ ...all, ...query }, AbortSignal.timeout(5_000))) {
    texts.push(text);
  }
  return texts;
}

it("keeps the last lines, limited by number and characters", async () => {
  const logs = new FunctionLogs();
  for (let count = 0; count < 3_000; count++) logs.add(line(String(count)));
  expect(await readTexts(logs)).toHaveLength(2_000);
  expect((await readTexts(logs)).at(0)).toBe("1000");
  expect(await readTexts(logs, { tail: 2 })).toEqual(["2998", "2999"]);
  for (let count = 0; count < 200; count++) logs.add(line("x".repeat(10_000)));
  expect(await readTexts(logs)).toHaveLength(100);
});

it("sends new lines to followers until their signal aborts", async () => {
  const logs = new FunctionLogs();
  logs.add(line("before"));
  const controller = new AbortController();
  const texts: string[] = [];
  for await (const { text } of await logs.read({ ...all, follow: true }, controller.signal)) {
    texts.push(text);
    if (text === "before") logs.add(line("after"));
    else controller.abort();
  }
  expect(texts).toEqual(["before", "after"]);
});

it("disconnects followers that do not read", async () => {
  const logs = new FunctionLogs();
  logs.add(line("first"));
  const lines = await logs.read({ ...all, follow: true }, AbortSignal.timeout(5_000));
  const iterator = lines[Symbol.asyncIterator]();
  await iterator.next();
  for (let count = 0; count < 500; count++) logs.add(line("x".repeat(10_000)));
  await expect(iterator.next()).rejects.toThrow(SlowReaderError);
});
