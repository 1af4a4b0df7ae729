import { batchLimits } from "../feed.ts";
import { Inbox } from "./inbox.ts";

const calls: string[] = [];
const source = { pause: () => calls.push("pause"), resume: () => calls.push("resume") };
beforeEach(() => calls.splice(0));

it("returns texts in order, at most a batch at a time", async () => {
  const inbox = new Inbox(source);
  for (let index = 0; index < batchLimits.items + 5; index++) inbox.add(String(index));
  expect(await inbox.take()).toHaveLength(batchLimits.items);
  expect(await inbox.take()).toEqual(["1000", "1001", "1002", "1003", "1004"]);
});

it("keeps a batch below the limit of bytes", async () => {
  const inbox = new Inbox(source);
  const large = "x".repeat(batchLimits.bytes / 2 + 1);
  inbox.add(large);
  inbox.add(large);
  expect(await inbox.take()).toEqual([large]);
  expect(await inbox.take()).toEqual([large]);
});

it("pauses and resumes a source that is faster than its reader", async () => {
  const inbox = new Inbox(source);
  for (let index = 0; index <= 4 * batchLimits.items; index++) inbox.add("x");
  inbox.add("x");
  expect(calls).toEqual(["pause"]);
  await inbox.take();
  expect(calls).toEqual(["pause"]);
  await inbox.take();
  await inbox.take();
  expect(calls).toEqual(["pause", "resume"]);
});

it("waits for the first text, and throws the first error after the last text", async () => {
  const inbox = new Inbox(source);
  const first = inbox.take();
  inbox.add("a");
  expect(await first).toEqual(["a"]);
  inbox.add("b");
  inbox.end(new Error("lost"));
  inbox.end(new Error("later"));
  expect(await inbox.take()).toEqual(["b"]);
  await expect(inbox.take()).rejects.toThrow("lost");
});
