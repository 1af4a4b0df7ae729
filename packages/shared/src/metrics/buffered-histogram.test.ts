import { BufferedHistogram } from "./buffered-histogram.ts";
import { createRegistry, scrape } from "./registry.ts";

describe("BufferedHistogram", () => {
  const newHistogram = () => {
    const registry = createRegistry("test");
    const settings = { name: "sizes", help: "Sizes.", labelNames: ["code"] as const, buckets: [1, 10] };
    return { registry, histogram: new BufferedHistogram({ ...settings, registers: [registry] }) };
  };
  const samples = async (registry: ReturnType<typeof createRegistry>) =>
    (await scrape(registry)).split("\n").filter((line) => line.startsWith("sizes"));

  it("shows each value at the next scrape, once", async () => {
    const { registry, histogram } = newHistogram();
    histogram.observe(0.5, { code: 200 });
    histogram.observe(20, { code: 500 });
    const expected = [
      'sizes_bucket{le="1",code="200"} 1',
      'sizes_bucket{le="10",code="200"} 1',
      'sizes_bucket{le="+Inf",code="200"} 1',
      'sizes_sum{code="200"} 0.5',
      'sizes_count{code="200"} 1',
      'sizes_bucket{le="1",code="500"} 0',
      'sizes_bucket{le="10",code="500"} 0',
      'sizes_bucket{le="+Inf",code="500"} 1',
      'sizes_sum{code="500"} 20',
      'sizes_count{code="500"} 1',
    ];
    expect(await samples(registry)).toEqual(expected);
    expect(await samples(registry)).toEqual(expected);
  });

  it("counts more values than it keeps", async () => {
    const { registry, histogram } = newHistogram();
    for (let count = 0; count < 1_001; count++) histogram.observe(1);
    expect(await samples(registry)).toContain("sizes_count 1001");
  });
});
