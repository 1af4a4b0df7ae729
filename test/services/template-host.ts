import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@platform/gateway/free-port";
import { root } from "./repo.ts";
import { waitFor } from "./wait-for.ts";

/** What serves a function, and how. */
export interface TemplateHostOptions {
  /** The folder with handler.js. */
  handler: string;
  /** A folder with the template (index.js); our own host when it is left out. */
  template?: string | undefined;
  /** The Node.js that runs it; this one when it is left out. */
  node?: string | undefined;
  env?: Readonly<Record<string, string>>;
}

/** A function that is served as the node18 template does. */
export interface StartedTemplateHost extends AsyncDisposable {
  url: string;
  pid: number;
  /** What it wrote to standard output and error so far. */
  log(): string;
  /** Resolves with its exit code, or its signal, once it has ended. */
  ended: Promise<number | NodeJS.Signals>;
  signal(name: NodeJS.Signals): void;
}

/** What every function of stack.yml has. */
export const stackEnvironment = {
  RAW_BODY: "true",
  MAX_RAW_SIZE: "1mb",
  MAX_BODY_BYTES: "1000000",
  NODE_ENV: "production",
};

/** Starts a function; resolves when it answers. */
export async function startTemplateHost(options: TemplateHostOptions): Promise<StartedTemplateHost> {
  const { handler, template, node = process.execPath, env = {} } = options;
  const folder = template === undefined ? undefined : assemble(template, handler);
  const program =
    folder === undefined
      ? [join(root, "packages", "gateway", "dist", "template-host.cjs"), handler]
      : [join(folder, "index.js")];
  const port = await freePort(0);
  const child = spawn(node, program, {
    env: { PATH: process.env.PATH, http_port: String(port), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      log += chunk;
    });
  }
  const ended = once(child, "close").then(([code, signal]) => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
    return (signal ?? code) as number | NodeJS.Signals;
  });
  const url = `http://127.0.0.1:${port}`;
  await waitFor(`the function in ${handler}`, async () => {
    if (child.exitCode !== null) throw new Error(`the host ended:\n${log}`);
    return fetch(`${url}/healthz`).then(
      () => true,
      () => false,
    );
  });
  return {
    url,
    pid: child.pid!,
    log: () => log,
    ended,
    signal: (name) => child.kill(name),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** A copy of the template with a function in it, on the express and body-parser that are installed here. */
function assemble(template: string, handler: string): string {
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  cpSync(template, folder, { recursive: true });
  rmSync(join(folder, "function"), { recursive: true, force: true });
  cpSync(handler, join(folder, "function"), { recursive: true });
  symlinkSync(join(root, "packages", "gateway", "node_modules"), join(folder, "node_modules"));
  return folder;
}
