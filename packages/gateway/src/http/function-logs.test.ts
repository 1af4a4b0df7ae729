import { FunctionLogs } from "./function-logs.ts";

const line = (text: string, time = 0) => ({ time, instance: "f-1", text });

it("keeps the last lines: so many, and so many characters", () => {
  const logs = new FunctionLogs();
  for (let count = 0; count < 3_000; count++) logs.add(line(String(count)));
  expect(logs.lines()).toHaveLength(2_000);
  expect(logs.lines().at(0)?.text).toBe("1000");
  for (let count = 0; count < 200; count++) logs.add(line("x".repeat(10_000)));
  expect(logs.lines()).toHaveLength(100);
});

it("hands new lines to those who follow, until they stop", () => {
  const logs = new FunctionLogs();
  const seen: string[] = [];
  logs.add(line("before"));
  const stop = logs.follow(({ text }) => seen.push(text));
  logs.add(line("one"));
  stop();
  logs.add(line("two"));
  expect(seen).toEqual(["one"]);
});
