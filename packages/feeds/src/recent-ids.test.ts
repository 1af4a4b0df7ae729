import { hashOf, nextSlot, RecentIds, rememberedBatches } from "./recent-ids.ts";

it("remembers the ids of as many batches as it has slots", () => {
  const recent = new RecentIds();
  let slot = 0;
  for (let batch = 0; batch <= rememberedBatches; batch++) {
    slot = nextSlot(slot);
    recent.set(slot, [hashOf(`a${batch}`), hashOf(`b${batch}`)]);
  }
  expect([0, 1, rememberedBatches].map((batch) => recent.has(hashOf(`b${batch}`)))).toEqual([
    false,
    true,
    true,
  ]);
});
