import { openContentSpool } from "./content-spool.ts";

it("returns contents unchanged, including those beyond its memory limit", async () => {
  await using spool = await openContentSpool();
  const contents = Array.from({ length: 5 }, (_, index) => ({
    key: index === 0 ? null : Buffer.from([index, 255]),
    value: Buffer.alloc(1_500_000, index),
    headers: { a: Buffer.from([0]), b: [Buffer.from("1"), Buffer.from("2")] },
  }));
  const positions = contents.map((content) => spool.add(content));
  await spool.flush();
  for (const [index, position] of [...positions.entries()].reverse()) {
    const { value, ...rest } = await spool.read(position);
    const { value: expected, ...others } = contents[index]!;
    expect([rest, value!.equals(expected)]).toEqual([others, true]);
  }
});
