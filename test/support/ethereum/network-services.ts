import { join } from "node:path";
import type { Secrets } from "../kubernetes/secrets.ts";
import { type StartedService, startService } from "../process/service.ts";
import { type StartedBootnode, startBootnode } from "./bootnode.ts";

/** The services by which Geth nodes discover each other, and to which they report. */
export interface NetworkServices {
  bootnodes: StartedBootnode[];
  registrar: StartedService;
  ethstats: StartedService;
  /** The settings of each Geth node for these services. */
  settings: { networkId: string; registrar: string; ethstats: { host: string; secret: string } };
}

/** Starts two boot nodes, the registrar and Ethstats. Passes each to `keep`, which disposes of it. */
export async function startNetworkServices(
  folder: string,
  secrets: Secrets,
  keep: <T extends AsyncDisposable>(started: T) => T,
): Promise<NetworkServices> {
  const secret = secrets.value("Secret", "eth-ethstats", "WS_SECRET");
  const bootnodes = await Promise.all(
    ["bootnode-0", "bootnode-1"].map(async (name) => keep(await startBootnode(join(folder, name)))),
  );
  const registrar = keep(
    await startService("bootnode-registrar", {
      env: { BOOTNODE_SERVICE: bootnodes.map(({ server }) => server.host).join(",") },
    }),
  );
  const ethstats = keep(await startService("ethstats", { env: { WS_SECRET: secret } }));
  const settings = {
    networkId: secrets.value("ConfigMap", "eth-geth", "networkid"),
    registrar: registrar.host,
    ethstats: { host: ethstats.host, secret },
  };
  return { bootnodes, registrar, ethstats, settings };
}
