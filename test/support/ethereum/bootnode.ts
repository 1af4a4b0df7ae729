import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { succeed } from "../process/command.ts";
import { type StartedProgram, startProgram } from "../process/program.ts";
import { type StartedService, startService } from "../process/service.ts";

/** A boot node and the server beside it that answers its enode URL: a pod of deploy/base/bootnode. */
export interface StartedBootnode extends AsyncDisposable {
  enode: string;
  bootnode: StartedProgram;
  server: StartedService;
}

/** Starts a boot node with a new key. `home` is a folder of its own, `binaries` has Geth's programs. */
export async function startBootnode(home: string, binaries: string): Promise<StartedBootnode> {
  await mkdir(home, { recursive: true });
  const program = join(binaries, "bootnode");
  const key = join(home, "node.key");
  const idFile = join(home, "id");
  await succeed(program, ["-genkey", key]);
  const id = await succeed(program, ["-nodekey", key, "-writeaddress"]);
  await writeFile(idFile, id);
  const port = await freeUdpPort();
  const bootnode = startProgram({
    command: [
      program,
      ...[`-nodekey=${key}`, `-addr=127.0.0.1:${port}`, "-nat=extip:127.0.0.1", "-verbosity=3"],
      "-netrestrict=127.0.0.0/8",
    ],
    env: {},
  });
  const server = await startService("bootnode-registrar", {
    program: "bootnode-server",
    env: { BOOTNODE_ID_FILE: idFile, POD_IP: "127.0.0.1", BOOTNODE_PORT: String(port) },
  });
  return {
    enode: `enode://${id.trim()}@127.0.0.1:${port}`,
    bootnode,
    server,
    async [Symbol.asyncDispose]() {
      await Promise.all([bootnode[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
    },
  };
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}
