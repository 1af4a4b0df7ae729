import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseStack } from "../local/stack.ts";
import { renderFiles } from "./rendered-files.ts";

const root = join(__dirname, "..", "..", "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const stack = (path: string) => parseStack(read(path), {}, root);

it.each(renderFiles(root))("$path equals the output of npm run manifests", ({ path, text }) => {
  expect(read(path)).toBe(text);
});

it("stack.auth.yml differs from stack.yml only by two secrets for every function", () => {
  const authenticated = stack("stack.yml").map((definition) => ({
    ...definition,
    secrets: ["hmac-key", "function-token"],
    environment: {
      ...definition.environment,
      HMAC_SECRET_NAME: "hmac-key",
      BEARER_SECRET_NAME: "function-token",
      HMAC_ALLOW_SHA1: "false",
    },
  }));
  expect(stack("stack.auth.yml")).toEqual(authenticated);
});

it("every function of stack.yml accepts raw bodies, up to just above its own limit", () => {
  for (const { environment } of stack("stack.yml")) {
    expect(environment.RAW_BODY).toBe("true");
    const [, megabytes] = /^(\d+)mb$/.exec(environment.MAX_RAW_SIZE!)!;
    expect(Number(environment.MAX_BODY_BYTES)).toBe(Number(megabytes) * 1_000_000);
  }
});
