import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../test/support/repo.ts";

const folder = join(root, "test", "e2e");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const files = readdirSync(folder).filter((name) => name.endsWith(".test.ts"));
const readNeeds = (file: string) =>
  /^\/\/ needs: (.+)\n/.exec(read("test", "e2e", file))?.[1]?.split(" ") ?? [];

/** The needs that .ci/run can provide, from its case list. */
const provided = [
  .../provide\(\) \{\n {2}case \$1 in\n(.+?)\n {4}\*\)/s
    .exec(read(".ci", "run"))![1]!
    .matchAll(/^ {4}([\w |-]+)\)/gm),
].flatMap(([, words]) => words!.split(" | "));

/** Checks in test/support for a tool, with the needs that provide the tool. */
const checks: Readonly<Record<string, readonly string[]>> = {
  hasMaven: ["java"],
  hasKafka: ["java"],
  hasElasticsearch: ["java"],
  hasGo: ["go"],
  hasPython: ["python"],
  hasChromium: ["chromium"],
  hasPrometheus: ["prometheus"],
  hasNifi: ["nifi"],
  hasFaasCli: ["openfaas"],
  hasDocker: ["docker", "openfaas"],
  hasKubernetes: ["kubernetes", "kubernetes-api"],
};

describe.each(files)("test/e2e/%s", (file) => {
  it("declares its needs in its first line, in words that .ci/run knows", () => {
    const needs = readNeeds(file);
    expect(needs.length).toBeGreaterThan(0);
    expect(needs.filter((need) => !provided.includes(need))).toEqual([]);
  });

  it("declares a need for each tool whose presence it checks", () => {
    const text = read("test", "e2e", file);
    const undeclared = Object.entries(checks).filter(
      ([check, words]) =>
        new RegExp(`\\b${check}\\b`).test(text) && !words.some((word) => readNeeds(file).includes(word)),
    );
    expect(undeclared).toEqual([]);
  });
});

it("test/support/README.md explains each word", () => {
  const explained = [...read("test", "support", "README.md").matchAll(/^\| `([\w-]+)` /gm)].map(
    ([, word]) => word,
  );
  expect(provided.filter((word) => !explained.includes(word))).toEqual([]);
});
