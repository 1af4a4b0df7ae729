import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { parseStack, type StackFunction } from "@platform/gateway/local/stack";
import { root } from "../repo.ts";

/** The functions of stack.yml with the defaults of its variables. */
export const stackFunctions: readonly StackFunction[] = parseStack(
  readFileSync(join(root, "stack.yml"), "utf8"),
  {},
  root,
);

/** The names under which they are deployed. */
export const deployedNames: readonly string[] = stackFunctions.map(({ name }) => name);

/** The folders of functions/ from which they are built. */
export const functionNames: readonly string[] = [
  ...new Set(stackFunctions.map(({ handler }) => basename(dirname(handler)))),
];
