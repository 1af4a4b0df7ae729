import { execFileSync } from "node:child_process";
import { node18 } from "../support/repo.ts";
import { describeContract } from "./contract.ts";

const node = node18();
const version = execFileSync(node ?? process.execPath, ["--version"])
  .toString()
  .trim();

describe(`the node18 contract on Node.js ${version}`, () => {
  (node === undefined ? it.skip : it)(
    "runs on the template's Node.js 18 (npm has none for every machine)",
    () => {
      expect(version).toMatch(/^v18\./);
    },
  );

  describeContract({ node });
});
