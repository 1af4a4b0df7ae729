import { join } from "node:path";
import { succeed } from "../services/command.ts";
import { hasPython, PYTHON } from "../services/python.ts";
import { node18, root } from "../services/repo.ts";
import { requireService } from "../services/require-service.ts";

describe("packages/textblob as a package", () => {
  it("works when it is packed and installed: require, import, types, on this Node.js and on 18", async () => {
    const script = join(root, "packages", "textblob", "scripts", "check-package.mjs");
    const eighteen = node18();
    const stdout = await succeed("node", [script, ...(eighteen === undefined ? [] : [eighteen])]);
    console.log(stdout.trim());
  }, 120_000);
});

requireService(PYTHON, hasPython(), () => {
  it("has the data that scripts/textblob-data.py makes of the PyPI packages", async () => {
    await succeed(PYTHON, [join(root, "scripts", "textblob-data.py"), "--check"]);
  }, 300_000);
});
