import { FunctionLogs } from "../../http/function-logs.ts";
import type { FunctionTarget } from "../../http/function-target.ts";
import { readCallLog } from "./call-log.ts";

const call = { callId: "call-1", time: 10_000, status: 200, milliseconds: 100, kind: "sync" as const };
const signal = new AbortController().signal;

/** Creates a function with log lines. */
function createTarget(lines: readonly [time: number, text: string][]): FunctionTarget {
  const logs = new FunctionLogs();
  for (const [time, text] of lines) logs.add({ time, text, instance: "f-1" });
  return { definition: { name: "f" }, logs } as unknown as FunctionTarget;
}

it("reads the lines with the call id around the time of the call", async () => {
  const target = createTarget([
    [1_000, "call-1 of long ago"],
    [10_000, '{"call_id":"call-1","msg":"begun"}'],
    [10_010, '{"call_id":"call-11","msg":"another"}'],
    [10_020, "[call-1] plain"],
    [10_030, "my-call-1 is another id"],
    [200_000, "call-1 again, much later"],
  ]);
  const { lines, isCut } = await readCallLog(target, call, signal);
  expect(lines.map(({ text }) => text)).toEqual(['{"call_id":"call-1","msg":"begun"}', "[call-1] plain"]);
  expect(isCut).toBe(false);
});

it("truncates a long log", async () => {
  const lines = Array.from({ length: 300 }, (_, index): [number, string] => [10_000 + index, "call-1"]);
  const log = await readCallLog(createTarget(lines), call, signal);
  expect([log.lines.length, log.isCut]).toEqual([200, true]);
  const wide = await readCallLog(createTarget([[10_000, `call-1 ${"x".repeat(70_000)}`]]), call, signal);
  expect(wide).toEqual({ lines: [], isCut: true });
});

it("is empty for a function without a log", async () => {
  const target = { definition: { name: "f" } } as unknown as FunctionTarget;
  expect(await readCallLog(target, call, signal)).toEqual({ lines: [], isCut: false });
});
