import { createMetrics } from "./metrics.ts";
import { Network } from "./network.ts";
import { createRefuse } from "./refusals.ts";

it("counts every refusal, and logs one per minute for each reason and field", async () => {
  let time = 0;
  const now = () => new Date(time);
  const warn = jest.fn();
  const metrics = createMetrics(new Network({ maxNodes: 1, forgetAfter: 1, now }));
  const refuse = createRefuse({ warn } as never, metrics, now);
  refuse("not_json", { node: "s1" });
  refuse("not_json", { node: "s2" });
  refuse("wrong_secret");
  refuse("bad_payload", { problem: "block.hash: expected a hash, got null" });
  refuse("bad_payload", { problem: "block.hash: expected a hash, got text of length 3" });
  refuse("bad_payload", { problem: "block.number: expected an integer, got null" });
  time = 59_999;
  refuse("not_json", { node: "s3" });
  time = 60_000;
  refuse("not_json", { node: "s4" });
  expect(warn.mock.calls).toEqual([
    [{ reason: "not_json", node: "s1", unlogged: 0 }, "refused"],
    [{ reason: "wrong_secret", unlogged: 0 }, "refused"],
    [{ reason: "bad_payload", problem: "block.hash: expected a hash, got null", unlogged: 0 }, "refused"],
    [
      { reason: "bad_payload", problem: "block.number: expected an integer, got null", unlogged: 0 },
      "refused",
    ],
    [{ reason: "not_json", node: "s4", unlogged: 2 }, "refused"],
  ]);
  const { values } = await metrics.refused.get();
  expect(values.map(({ labels, value }) => [labels.reason, value])).toEqual([
    ["not_json", 4],
    ["wrong_secret", 1],
    ["bad_payload", 3],
  ]);
});
