import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

it("finds every generated page up to date: npm run docs renders them", async () => {
  const checking = promisify(execFile)(process.execPath, ["scripts/docs.mjs", "--check"], {
    cwd: join(__dirname, ".."),
  });
  await expect(checking).resolves.toMatchObject({ stderr: "" });
}, 120_000);
