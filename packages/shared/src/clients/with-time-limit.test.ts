import { setTimeout as sleep } from "node:timers/promises";
import { withTimeLimit } from "./with-time-limit.ts";

const never = new AbortController().signal;
const hang = (signal: AbortSignal) => sleep(60_000, undefined, { signal });

it("returns the result of work that ends in time", async () => {
  expect(await withTimeLimit(1_000, never, async () => 7)).toBe(7);
});

it("aborts work that takes longer", async () => {
  await expect(withTimeLimit(10, never, hang)).rejects.toMatchObject({ cause: { name: "TimeoutError" } });
});

it("aborts work when the given signal fires, or has already fired", async () => {
  const end = new AbortController();
  const work = withTimeLimit(60_000, end.signal, hang);
  end.abort(new Error("the end"));
  await expect(work).rejects.toMatchObject({ cause: { message: "the end" } });
  await expect(withTimeLimit(60_000, end.signal, hang)).rejects.toMatchObject({
    cause: { message: "the end" },
  });
});
