import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleHandler } from "../conformance/build-fixture.ts";
import { root } from "../support/repo.ts";

/** Two functions outside the repository; one imports a file of another package. */
export interface DevStage extends Disposable {
  /** The stack file. */
  stack: string;
  /** Replaces a text in a file, and saves it like an editor. */
  edit(file: string, from: string, to: string): void;
}

const handler = (body: string) => `
  interface Context { status(code: number): Context; headers(headers: object): Context; succeed(body: string): void }
  export = async (event: { path: string }, context: Context): Promise<void> => {
    if (event.path === "/slow") await new Promise((resolve) => setTimeout(resolve, 1_000));
    ${body}
  };
`;

const files: Readonly<Record<string, string>> = {
  "lib/package.json": "{}",
  "lib/src/word.ts": 'export const word: string = "first";\n',
  "functions/greeter/package.json": '{ "version": "1.0.0" }',
  "functions/greeter/src/handler.ts": `
    import { word } from "../../../lib/src/word.ts";
    ${handler('context.status(200).headers({ "x-version": "1" }).succeed(word);')}`,
  "functions/bystander/package.json": '{ "version": "1.0.0" }',
  "functions/bystander/src/handler.ts": handler('context.status(200).headers({}).succeed("by");'),
};

/** Writes and builds the functions, and a stack file with them. */
export function createDevStage(): DevStage {
  const folder = mkdtempSync(join(tmpdir(), "dev-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, ".."), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const names = ["greeter", "bystander"];
  for (const name of names) {
    const functionFolder = join(folder, "functions", name);
    const config = {
      extends: join(root, "tsconfig.base.json"),
      include: ["src"],
      compilerOptions: { typeRoots: [join(root, "node_modules", "@types")] },
    };
    writeFileSync(join(functionFolder, "tsconfig.json"), JSON.stringify(config));
    bundleHandler(join(functionFolder, "src", "handler.ts"), join(functionFolder, "dist", "handler.js"));
  }
  const stack = join(folder, "stack.yml");
  const functions = Object.fromEntries(
    names.map((name) => [
      name,
      { handler: `./functions/${name}/dist`, environment: { exec_timeout: "10s" } },
    ]),
  );
  writeFileSync(stack, JSON.stringify({ functions }));
  return {
    stack,
    edit(file, from, to) {
      const path = join(folder, file);
      const text = readFileSync(path, "utf8");
      if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
      writeFileSync(path, text.replace(from, to));
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}
