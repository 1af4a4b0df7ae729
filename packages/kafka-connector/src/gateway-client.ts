import { createGatewayHttp } from "@platform/delivery/call/gateway-http";
import { readBasicAuthFiles } from "@platform/shared/auth/basic-auth-files";
import type { Credentials } from "@platform/shared/auth/credentials";
import { peerError } from "@platform/shared/clients/peer-error";
import { SecretMissingError } from "@platform/shared/errors/server-errors";
import * as v from "valibot";
import type { ConnectorConfig } from "./config.ts";
import type { FunctionStatus } from "./route.ts";

/** OpenFaaS's gateway, as far as it is needed here. */
export interface GatewayClient {
  /** The functions that are deployed; throws a PlatformError when they cannot be had. */
  functions(): Promise<FunctionStatus[]>;
  close(): void;
}

const statuses = v.array(
  v.object({ name: v.string(), annotations: v.nullish(v.record(v.string(), v.string())) }),
);

const functionsTimeout = 10_000;

export function createGatewayClient(config: ConnectorConfig): GatewayClient {
  const { close, http, peer } = createGatewayHttp(config.GATEWAY_URL);
  return {
    async functions() {
      try {
        const auth = await readLogin(config.BASIC_AUTH_DIR); // each time: the secret may change
        const { data } = await http.get("/system/functions", {
          ...(auth === undefined ? {} : { auth }),
          timeout: functionsTimeout,
        });
        return v.parse(v.pipe(v.string(), v.transform(JSON.parse), statuses), data);
      } catch (cause) {
        throw peerError(peer, cause);
      }
    },
    close,
  };
}

/** Undefined without a folder or where its files are missing: then the gateway decides whether it needs a login. */
async function readLogin(folder: string | undefined): Promise<Credentials | undefined> {
  if (folder === undefined) return undefined;
  try {
    return await readBasicAuthFiles(folder);
  } catch (error) {
    if (error instanceof SecretMissingError) return undefined;
    throw error;
  }
}
