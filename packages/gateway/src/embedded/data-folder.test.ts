import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CallStore } from "./call-store.ts";
import { openDataFolder, StoreError } from "./data-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "data-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("names a folder that it cannot write to", async () => {
  const opening = openDataFolder("/dev/null/data");
  await expect(opening).rejects.toThrow(StoreError);
  await expect(opening).rejects.toThrow(
    /cannot write to the data folder .*data \(ENOTDIR\); choose another with DATA_DIR/,
  );
});

it("locks the folder for one process until disposal", async () => {
  const first = await openDataFolder(join(folder, "shared"));
  await expect(openDataFolder(join(folder, "shared"))).rejects.toThrow(
    /another gateway \(process \d+\) uses the data folder/,
  );
  first[Symbol.dispose]();
  (await openDataFolder(join(folder, "shared")))[Symbol.dispose]();
});

it("restores stored calls after a restart, oldest first, without removed ones", async () => {
  const before = await CallStore.open(folder);
  const [first, second, third] = ["one", "two", "three"].map((record) => before.add(record));
  before.remove(second!);
  before[Symbol.dispose]();
  const after = await CallStore.open(folder);
  expect(after.list()).toEqual([
    { id: first, bytes: 3 },
    { id: third, bytes: 5 },
  ]);
  expect([after.read(first!), after.read(second!)]).toEqual(["one", undefined]);
  after[Symbol.dispose]();
});
