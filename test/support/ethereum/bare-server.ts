import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { succeeds } from "../wait-for.ts";

/** A minimal server for nodes' reports, to compare Ethstats with. */
export interface StartedBareServer extends StartedProgram {
  url: string;
}

/** Starts a WebSocket server that parses each message and drops it. */
export async function startBareServer(): Promise<StartedBareServer> {
  const port = await freePort(0);
  const program = startProgram({
    command: [process.execPath, join(__dirname, "bare-server.mjs")],
    env: { PATH: process.env.PATH, PORT: String(port) },
  });
  const url = `http://127.0.0.1:${port}`;
  await waitForProgram("the bare server", program, () => succeeds(fetch(url)));
  return { ...program, url };
}
