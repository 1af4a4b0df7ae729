import { hashId, nextSlot, RecentIds, rememberedBatches } from "./recent-ids.ts";

it("remembers the ids of one batch per slot", () => {
  const recent = new RecentIds();
  let slot = 0;
  for (let batch = 0; batch <= rememberedBatches; batch++) {
    slot = nextSlot(slot);
    recent.set(slot, [hashId(`a${batch}`), hashId(`b${batch}`)]);
  }
  expect([0, 1, rememberedBatches].map((batch) => recent.has(hashId(`b${batch}`)))).toEqual([
    false,
    true,
    true,
  ]);
});
