import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toSourceStack } from "./source-stack.ts";

const folder = mkdtempSync(join(tmpdir(), "source-stack-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("maps the frames of a bundle to source files, and leaves other frames unchanged", () => {
  const bundle = join(folder, "handler.js");
  const map = { sources: ["functions/f/src/score.ts"], names: ["score"], mappings: "AAAA,UASE" };
  writeFileSync(`${bundle}.map`, JSON.stringify(map));
  const stack = `Error: x\n    at async score2 (${bundle}:1:15)\n    at ${bundle}:1:3\n    at sha256 (${bundle}:1:1)\n    at node:fs:1:15`;
  const expected =
    "Error: x\n    at async score (functions/f/src/score.ts:10:3)\n    at functions/f/src/score.ts:1:1\n" +
    "    at sha256 (functions/f/src/score.ts:1:1)\n    at node:fs:1:15";
  expect(toSourceStack(stack, bundle)).toBe(expected);
  rmSync(`${bundle}.map`);
  expect(toSourceStack(stack, bundle)).toBe(expected);
});

it("leaves a stack unchanged when the source map is missing or broken", () => {
  const bundle = join(folder, "main.cjs");
  const stack = `Error: x\n    at score (${bundle}:1:15)`;
  expect(toSourceStack(stack, bundle)).toBe(stack);
  const broken = join(folder, "broken.cjs");
  writeFileSync(`${broken}.map`, '{"sources":[],"mappings":"AA*A"}');
  expect(toSourceStack(`at ${broken}:1:15`, broken)).toBe(`at ${broken}:1:15`);
});
