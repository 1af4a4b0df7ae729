// needs: python
import { join } from "node:path";
import { succeed } from "../support/process/command.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { node18, root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

describe("packages/textblob as a package", () => {
  it("works after it is packed and installed: require, import, types, on this Node.js and on 18", async () => {
    const script = join(root, "packages", "textblob", "scripts", "check-package.mjs");
    const eighteen = node18();
    const stdout = await succeed("node", [script, ...(eighteen === undefined ? [] : [eighteen])]);
    console.log(stdout.trim());
  }, 120_000);
});

requireService(PYTHON, hasPython(), () => {
  it("has the data that scripts/textblob-data.py extracts from the PyPI packages", async () => {
    await succeed(PYTHON, [join(root, "scripts", "textblob-data.py"), "--check"]);
  }, 300_000);
});
