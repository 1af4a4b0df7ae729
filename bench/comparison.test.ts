import { comparison } from "./comparison.mjs";

const metric = { key: "rate", title: "overhead: sentiment", unit: "requests/s", less: false };
const log = () => undefined;

/** A contender whose figure is its call count. */
function counting(title: string) {
  let calls = 0;
  return { title, measure: async () => ({ rate: ++calls }) };
}

it("measures contenders in turns and keeps each round except the warm-up", async () => {
  const { signal } = new AbortController();
  const skipped = { title: "web3.py", skipped: "no Python" };
  const contenders = [counting("ours"), { ...counting("LOG_LEVEL=warn"), variant: true }, skipped];
  const rows = await comparison({ rounds: 3, log, signal })("at 1", undefined, contenders, [metric]);
  expect(rows).toEqual([
    {
      name: "overhead: sentiment at 1",
      unit: "requests/s",
      less: false,
      ours: { name: "ours", value: 3, spread: 1 / 3, values: [2, 3, 4] },
      peers: [
        { name: "LOG_LEVEL=warn", variant: true, value: 3, spread: 1 / 3, values: [2, 3, 4] },
        { name: "web3.py", skipped: "no Python" },
      ],
    },
  ]);
});

it("omits a contender from the rows of metrics that it lacks", async () => {
  const { signal } = new AbortController();
  const both = { title: "ours", measure: async () => ({ rate: 1, cpu: 2 }) };
  const measure = comparison({ rounds: 1, log, signal });
  const rows = await measure("", undefined, [both, counting("peer")], [metric, { ...metric, key: "cpu" }]);
  expect(rows.map(({ peers }) => peers.length)).toEqual([1, 0]);
});

it("returns the finished rounds after an abort", async () => {
  const controller = new AbortController();
  const peer = counting("peer");
  const aborting = {
    title: "peer",
    async measure() {
      const figures = await peer.measure();
      if (figures.rate === 4) controller.abort("SIGINT");
      controller.signal.throwIfAborted();
      return figures;
    },
  };
  const measure = comparison({ rounds: 5, log, signal: controller.signal });
  const [row] = await measure("", undefined, [counting("ours"), aborting], [metric]);
  expect([row?.ours.values, row?.peers[0]?.values]).toEqual([
    [2, 3],
    [2, 3],
  ]);
  await expect(measure("", undefined, [aborting], [metric])).rejects.toBe("SIGINT");
});
