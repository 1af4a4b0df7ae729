import { readBasicAuthFiles } from "@platform/shared/auth/basic-auth-files";
import type { Credentials } from "@platform/shared/auth/credentials";
import { signatureOf } from "@platform/shared/auth/hmac";
import { readSecret } from "@platform/shared/auth/secret-file";
import { destroyAgents, keepAliveAgents } from "@platform/shared/clients/keep-alive-agents";
import { hostOf, peerError } from "@platform/shared/clients/peer-error";
import { PeerTimeoutError } from "@platform/shared/errors/peer-errors";
import { SecretMissingError } from "@platform/shared/errors/server-errors";
import axios from "axios";
import * as v from "valibot";
import type { ConnectorConfig } from "./config.ts";
import type { FunctionStatus } from "./route.ts";

/** What is sent to a function. */
export interface FunctionCall {
  body: Buffer;
  headers: Readonly<Record<string, string>>;
}

/** What came back, whatever the status. */
export interface FunctionAnswer {
  status: number;
  contentType: string;
  /** Are there only the entries of items that failed (Preference-Applied: return=minimal)? */
  minimal: boolean;
  body: string;
}

/** OpenFaaS's gateway, as far as it is needed here. */
export interface GatewayClient {
  /** The functions that are deployed; throws a PlatformError when they cannot be had. */
  functions(): Promise<FunctionStatus[]>;
  /** Calls a function; throws a PlatformError when there is no answer. */
  invoke(functionName: string, call: FunctionCall): Promise<FunctionAnswer>;
  close(): void;
}

const statuses = v.array(
  v.object({ name: v.string(), annotations: v.nullish(v.record(v.string(), v.string())) }),
);

const functionsTimeout = 10_000;
/** An answer is kept whole until it is read. */
const mostAnswerBytes = 64_000_000;

export function createGatewayClient(config: ConnectorConfig): GatewayClient {
  const { GATEWAY_URL: url, HMAC_SECRET_NAME: secret, HMAC_HEADER: header, SECRETS_DIR: folder } = config;
  const agents = keepAliveAgents();
  const peer = { setting: "GATEWAY_URL", host: hostOf(url) };
  const http = axios.create({
    ...agents,
    baseURL: url,
    maxRedirects: 0,
    maxBodyLength: Number.POSITIVE_INFINITY,
    maxContentLength: mostAnswerBytes,
    responseType: "text",
    transitional: { silentJSONParsing: true, forcedJSONParsing: false, clarifyTimeoutError: true },
    proxy: false,
  });

  async function signature(body: Buffer): Promise<Record<string, string>> {
    if (secret === undefined) return {};
    const key = await readSecret({ folder, setting: "HMAC_SECRET_NAME", secret });
    return { [header]: signatureOf(body, key) };
  }

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
    async invoke(functionName, { body, headers }) {
      // Without basic auth: the gateway passes headers on, and no function is to see the gateway's password.
      const signed = { ...headers, ...(await signature(body)) };
      const late = new AbortController(); // axios's own timeout begins anew with each byte
      const timer = setTimeout(() => late.abort(), config.CALL_TIMEOUT);
      try {
        const {
          status,
          data,
          headers: answered,
        } = await http.post<string>(`/function/${functionName}`, body, {
          headers: signed,
          signal: late.signal,
          validateStatus: () => true,
        });
        return {
          status,
          contentType: String(answered["content-type"] ?? ""),
          minimal: answered["preference-applied"] === "return=minimal",
          body: data,
        };
      } catch (cause) {
        if (late.signal.aborted) throw new PeerTimeoutError({ ...peer, cause });
        throw peerError(peer, cause);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => destroyAgents(agents),
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
