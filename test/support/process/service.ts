import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { root } from "../repo.ts";
import { type StartedProgram, startProgram, waitForProgram } from "./program.ts";

/** A running long-running service of ours. */
export interface StartedService extends StartedProgram {
  url: string;
  /** Host and port. */
  host: string;
}

/** Starts a program of packages/ on 127.0.0.1. Resolves when it is ready, or alive if that is enough. */
export async function startService(
  packageName: string,
  { program = "main", env = {}, until = "readyz" }: ServiceOptions = {},
): Promise<StartedService> {
  const port = await freePort(0);
  const host = `127.0.0.1:${port}`;
  const url = `http://${host}`;
  const service = startProgram({
    command: [process.execPath, join(root, "packages", packageName, "dist", `${program}.cjs`)],
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: String(port), ...env },
  });
  const isReady = () =>
    fetch(`${url}/${until}`).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitForProgram(packageName, service, isReady);
  return { ...service, url, host };
}

export interface ServiceOptions {
  /** The program of the package. */
  program?: string;
  env?: Readonly<Record<string, string>>;
  until?: "readyz" | "healthz";
}
