import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createGatewayHttp } from "@platform/delivery/call/gateway-http";
import { peerError } from "@platform/shared/clients/peer-error";
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
        const auth = await readBasicAuth(config.BASIC_AUTH_DIR); // each time: the secret may change
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

/** Undefined without a folder or where the files are not there: then the gateway says whether it does without. */
async function readBasicAuth(folder: string | undefined) {
  if (folder === undefined) return undefined;
  try {
    const [username, password] = await Promise.all(
      ["basic-auth-user", "basic-auth-password"].map((name) => readFile(join(folder, name), "utf8")),
    );
    return { username: username!.trim(), password: password!.trim() };
  } catch {
    return undefined;
  }
}
