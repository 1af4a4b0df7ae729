import { readFileSync } from "node:fs";
import { hostAndPort } from "@platform/shared/config/host-and-port";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import { createRegistry } from "@platform/shared/metrics/registry";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { createServiceApp } from "@platform/shared/service/service-app";
import type { BootnodeServerConfig } from "./bootnode-server-config.ts";
import { type Enode, parseEnode } from "./enode.ts";
import { BootnodeIdError } from "./errors.ts";

/** Starts the sidecar of a boot node: `GET /` returns its enode URL, or 503 while the id file is missing. */
export async function startEnodeServer(
  config: BootnodeServerConfig,
  log: Logger,
): Promise<StartedHttpServer> {
  const serviceApp = createServiceApp({
    name: "boot node's server",
    log,
    metrics: createRegistry("bootnode-server"),
    ready: () => {
      try {
        readEnode(config);
        return true;
      } catch (error) {
        log.warn({ error: describeError(error) }, "not_ready");
        return false;
      }
    },
    routes(app) {
      app.get("/", (_request, response) => {
        response.type("text/plain").send(readEnode(config).url);
      });
    },
  });
  const server = await startHttpServer({ app: serviceApp, host: config.HOST, port: config.PORT });
  log.info({ url: server.url }, "listening");
  return server;
}

/**
 * Reads the enode of the boot node from the current id file.
 * @throws BootnodeIdError (503)
 */
function readEnode({ BOOTNODE_ID_FILE, POD_IP, BOOTNODE_PORT }: BootnodeServerConfig): Enode {
  try {
    const id = readFileSync(BOOTNODE_ID_FILE, "utf8").trim();
    return parseEnode(`enode://${id}@${hostAndPort(POD_IP, BOOTNODE_PORT)}`);
  } catch (cause) {
    throw new BootnodeIdError({ cause });
  }
}
