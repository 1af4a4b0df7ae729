import { createGatewayHttp } from "@platform/delivery/call/gateway-http";
import { readBasicAuthFiles } from "@platform/shared/auth/basic-auth-files";
import type { Credentials } from "@platform/shared/auth/credentials";
import { peerError } from "@platform/shared/clients/peer-error";
import { SecretMissingError } from "@platform/shared/errors/server-errors";
import * as v from "valibot";
import type { ConnectorConfig } from "./config.ts";
import type { FunctionStatus } from "./route.ts";

/** The part of OpenFaaS's gateway API that the connector uses. */
export interface GatewayClient {
  /**
   * The deployed functions.
   * @throws PlatformError
   */
  functions(): Promise<FunctionStatus[]>;
  close(): void;
}

const statuses = v.array(
  v.object({ name: v.string(), annotations: v.nullish(v.record(v.string(), v.string())) }),
);

const timeoutMs = 10_000;

/** Creates a client that reads the login for each request. */
export function createGatewayClient(config: ConnectorConfig): GatewayClient {
  const { close, http, peer } = createGatewayHttp(config.GATEWAY_URL);
  return {
    async functions() {
      try {
        const auth = await readLogin(config.BASIC_AUTH_DIR); // for each request, because the secret may change
        const { data } = await http.get("/system/functions", {
          ...(auth === undefined ? {} : { auth }),
          timeout: timeoutMs,
        });
        return v.parse(v.pipe(v.string(), v.transform(JSON.parse), statuses), data);
      } catch (cause) {
        throw peerError(peer, cause);
      }
    },
    close,
  };
}

/** Undefined without a folder or without its files: the gateway decides whether it requires a login. */
async function readLogin(folder: string | undefined): Promise<Credentials | undefined> {
  if (folder === undefined) return undefined;
  try {
    return await readBasicAuthFiles(folder);
  } catch (error) {
    if (error instanceof SecretMissingError) return undefined;
    throw error;
  }
}
