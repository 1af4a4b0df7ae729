import { createRegistry } from "./registry.ts";

it("contains the program and its build", async () => {
  const text = await createRegistry("sample").metrics();
  expect(text).toContain(
    `platform_build_info{name="sample",version="0.0.0-dev",commit="unknown",node_version="${process.versions.node}"} 1\n`,
  );
});

it("starts no measurement of the process before the first scrape", async () => {
  expect(await createRegistry("sample").metrics()).not.toMatch(/^nodejs_/m);
});
