import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");

/** Runs `npm run new -- …` with arguments that it must refuse; returns output and exit code. */
function create(...args: string[]) {
  const before = spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).stdout;
  const { status, stderr } = spawnSync(process.execPath, ["scripts/new.mjs", ...args], {
    cwd: root,
    encoding: "utf8",
  });
  const after = spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).stdout;
  return { status, message: stderr.trim(), changed: before !== after };
}

it.each([
  [["../x"], '"../x" cannot be the name of a Kubernetes Service'],
  [["Word-Count"], '"Word-Count" cannot be the name of a Kubernetes Service'],
  [["w".repeat(64)], "cannot be the name of a Kubernetes Service"],
  [["1st"], '"1st" cannot be the name of a Kubernetes Service'],
  [["two-"], '"two-" cannot be the name of a Kubernetes Service'],
  [[], "give one NAME"],
  [["a", "b"], "give one NAME"],
  [["sentiment"], '"sentiment" is taken by another part of the platform'],
  [["sentimentanalysis"], '"sentimentanalysis" is taken by another part of the platform'],
  [["gateway"], '"gateway" is taken by another part of the platform'],
  [["refused-function", "--method", "PUT"], '--method is GET or POST, not "PUT"'],
  [["refused-function", "--topic", "a b"], '"a b" cannot be the name of a Kafka topic'],
  [["refused-function", "--method", "GET", "--topic", "words"], "messages of a topic are sent by POST"],
  [["refused-function", "--metod", "GET"], "unknown option --metod; did you mean --method?"],
])("refuses %j with one sentence and exit code 2, without creating files", (args, message) => {
  const refused = create(...args);
  expect(refused.status).toBe(2);
  expect(refused.message).toContain(message);
  expect(refused.message.split("\n")).toHaveLength(1);
  expect(refused.changed).toBe(false);
  expect(existsSync(join(root, "functions", "refused-function"))).toBe(false);
});
