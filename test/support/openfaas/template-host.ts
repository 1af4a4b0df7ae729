import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { root } from "../repo.ts";
import { succeeds } from "../wait-for.ts";

/** Options of a function's host. */
export interface TemplateHostOptions {
  /** The folder with handler.js. */
  handler: string;
  /** A folder with the template (index.js); default: our own host. */
  template?: string | undefined;
  /** The Node.js that runs it; default: this one. */
  node?: string | undefined;
  env?: Readonly<Record<string, string>>;
  /** The port; default: a free one. */
  port?: number;
}

/** A function on a host that works like the node18 template. Disposing of it kills it. */
export interface StartedTemplateHost extends StartedProgram {
  url: string;
}

/** The environment of every function in stack.yml. */
export const stackEnvironment = {
  RAW_BODY: "true",
  MAX_RAW_SIZE: "1mb",
  MAX_BODY_BYTES: "1000000",
  NODE_ENV: "production",
};

/** Starts a function. Resolves when it answers. */
export async function startTemplateHost(options: TemplateHostOptions): Promise<StartedTemplateHost> {
  const { handler, template, node = process.execPath, env = {} } = options;
  const folder = template === undefined ? undefined : assemble(template, handler);
  const program =
    folder === undefined
      ? [join(root, "packages", "gateway", "dist", "template-host.cjs"), handler]
      : [join(folder, "index.js")];
  const port = options.port ?? (await freePort(0));
  const host = startProgram({
    command: [node, ...program],
    env: { PATH: process.env.PATH, http_port: String(port), ...env },
  });
  const ended = host.ended.finally(() => folder !== undefined && rmSync(folder, { recursive: true }));
  const url = `http://127.0.0.1:${port}`;
  const answers = () => succeeds(fetch(`${url}/healthz`));
  await waitForProgram(`the function in ${handler}`, host, answers);
  return {
    ...host,
    url,
    ended,
    async [Symbol.asyncDispose]() {
      host.signal("SIGKILL");
      await ended;
    },
  };
}

/** Copies the template with a function in it. Its packages are the gateway's express and body-parser. */
function assemble(template: string, handler: string): string {
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  cpSync(template, folder, { recursive: true });
  rmSync(join(folder, "function"), { recursive: true, force: true });
  cpSync(handler, join(folder, "function"), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (dependencies !== undefined)
    symlinkSync(join(root, "packages", "gateway", "node_modules"), join(folder, "node_modules"));
  return folder;
}
