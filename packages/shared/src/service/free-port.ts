import { randomInt } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/**
 * Below the ports of outgoing connections (from 32768 on Linux, from 49152 elsewhere). Such a connection could take a free port
 * before the caller listens on it.
 */
const range = { first: 20_000, end: 30_000 };
const maxTries = 100;

/** Returns a free port of 127.0.0.1: the preferred one if possible, else any. */
export async function freePort(preferred: number): Promise<number> {
  if (preferred !== 0 && (await tryPort(preferred)) !== undefined) return preferred;
  for (let tries = 0; tries < maxTries; tries++) {
    const port = await tryPort(randomInt(range.first, range.end));
    if (port !== undefined) return port;
  }
  return (await tryPort(0))!;
}

/** Listens on a port for a moment; 0 is any. Returns the port, or undefined if it is in use. */
async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return undefined;
  }
  const { port: boundPort } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return boundPort;
}
