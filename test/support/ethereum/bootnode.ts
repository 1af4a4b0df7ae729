import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { succeed } from "../process/command.ts";
import { type StartedProgram, startProgram } from "../process/program.ts";
import { type StartedService, startService } from "../process/service.ts";
import { root } from "../repo.ts";
import { gethBinaries, gethVersions } from "./geth-binaries.ts";

/** The scripts that deploy/ mounts into the pods of boot nodes. */
const scripts = join(root, "deploy", "base", "bootnode");

/** A boot node, and the server beside it that answers its enode URL: a pod of deploy/base/bootnode. */
export interface StartedBootnode extends AsyncDisposable {
  enode: string;
  bootnode: StartedProgram;
  server: StartedService;
}

/**
 * Starts a boot node by the scripts of its pod. `home` is the folder of this node. An existing `node.key` in it is used; otherwise the
 * script generates one.
 */
export async function startBootnode(home: string): Promise<StartedBootnode> {
  await mkdir(home, { recursive: true });
  const port = await freeUdpPort();
  const env = {
    PATH: [await gethBinaries(gethVersions.proofOfStake), process.env.PATH].join(delimiter),
    BOOTNODE_DIR: home,
    BOOTNODE_ADDR: `127.0.0.1:${port}`,
    POD_IP: "127.0.0.1",
  };
  await succeed("sh", [join(scripts, "make-key.sh")], { env });
  const idFile = join(home, "id");
  const id = await readFile(idFile, "utf8");
  const bootnode = startProgram({ command: ["sh", join(scripts, "start-bootnode.sh")], env });
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
