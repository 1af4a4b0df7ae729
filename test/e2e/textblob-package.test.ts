import { join } from "node:path";
import { run } from "../services/command.ts";
import { hasPython, PYTHON } from "../services/python.ts";
import { node18, root } from "../services/repo.ts";
import { requireService } from "../services/require-service.ts";

describe("packages/textblob as a package", () => {
  it("works when it is packed and installed: require, import, types, on this Node.js and on 18", async () => {
    const script = join(root, "packages", "textblob", "scripts", "check-package.mjs");
    const eighteen = node18();
    const { code, stdout, stderr } = await run("node", [
      script,
      ...(eighteen === undefined ? [] : [eighteen]),
    ]);
    if (code !== 0) throw new Error(stdout + stderr);
    console.log(stdout.trim());
  }, 120_000);
});

requireService(PYTHON, hasPython(), () => {
  it("has the data that scripts/textblob-data.py makes of the PyPI packages", async () => {
    const { code, stdout, stderr } = await run(PYTHON, [
      join(root, "scripts", "textblob-data.py"),
      "--check",
    ]);
    if (code !== 0) throw new Error(stdout + stderr);
  }, 300_000);
});
