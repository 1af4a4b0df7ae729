import { execFileSync } from "node:child_process";
import { nodeBinary } from "../support/node-binary.ts";
import { describeContract } from "./contract.ts";
import { describeTemplateAnswers } from "./template-answers.ts";

/** Major versions of Node.js, separated by commas; `.ci/run` tests 18 and 24. */
const hosts = (process.env.CONTRACT_NODES || "18").split(",").map((major) => {
  const node = nodeBinary(Number(major)) ?? process.execPath;
  return { major, node, version: execFileSync(node, ["--version"]).toString().trim() };
});

describe.each(hosts)("the node18 contract on Node.js $version", ({ major, node, version }) => {
  const available = version.startsWith(`v${major}.`);
  (available ? it : it.skip)(`runs on Node.js ${major} (npm has none for every machine)`, () => {
    expect(version.split(".")[0]).toBe(`v${major}`);
  });

  describeContract({ node });
  describeTemplateAnswers({ node });
});
