import { lazily } from "./lazily.ts";

it("opens once for all callers", async () => {
  let opened = 0;
  const lazy = lazily(async () => ++opened);
  expect(opened).toBe(0);
  expect(await Promise.all([lazy.get(), lazy.get()])).toEqual([1, 1]);
  expect(await lazy.drop()).toBe(1);
  expect(lazy.drop()).toBeUndefined();
  expect(await lazy.get()).toBe(2);
});

it("tries again after a failure", async () => {
  let tries = 0;
  const lazy = lazily(async () => {
    tries += 1;
    if (tries === 1) throw new Error("not yet");
    return tries;
  });
  await expect(lazy.get()).rejects.toThrow("not yet");
  expect(await lazy.get()).toBe(2);
});
