import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** Returns a free port of 127.0.0.1: the preferred one if possible, else any. */
export async function freePort(preferred: number): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0))!;
}

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
