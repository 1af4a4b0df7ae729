import { signBody } from "@platform/shared/auth/hmac";
import { readSecretKeys } from "@platform/shared/auth/secret-keys";
import { peerError } from "@platform/shared/clients/peer-error";
import { PeerTimeoutError } from "@platform/shared/errors/peer-errors";
import { createGatewayHttp } from "./gateway-http.ts";

/** A request to a function. */
export interface FunctionCall {
  body: Buffer;
  headers: Readonly<Record<string, string>>;
}

/** The answer of a function, whatever its status. */
export interface FunctionAnswer {
  status: number;
  contentType: string;
  /** Whether the body has only the entries of failed and skipped items (Preference-Applied: return=minimal). */
  minimal: boolean;
  body: string;
}

/** Calls functions through OpenFaaS's gateway. */
export interface FunctionClient {
  /** @throws PlatformError without an answer, or with an invalid secret */
  invoke(functionName: string, call: FunctionCall): Promise<FunctionAnswer>;
  close(): void;
}

/** The settings that a function client reads. */
export interface FunctionClientSettings {
  GATEWAY_URL: string;
  /** The time limit of a call, in milliseconds. */
  CALL_TIMEOUT: number;
  /** The secret whose first key signs calls. Unset: no signature. */
  HMAC_SECRET_NAME?: string | undefined;
  HMAC_HEADER: string;
  SECRETS_DIR: string;
}

/** Creates a client that keeps connections to the gateway alive, and reads the signing key for each call. */
export function createFunctionClient(settings: FunctionClientSettings): FunctionClient {
  const { GATEWAY_URL: url, HMAC_SECRET_NAME: secret, HMAC_HEADER: header, SECRETS_DIR: folder } = settings;
  const { close, http, peer } = createGatewayHttp(url);

  async function signature(body: Buffer): Promise<Record<string, string>> {
    if (secret === undefined) return {};
    const { current } = await readSecretKeys({ folder, setting: "HMAC_SECRET_NAME", secret });
    return { [header]: signBody(body, current) };
  }

  return {
    async invoke(functionName, { body, headers }) {
      // No basic auth, because the gateway forwards headers, and functions must not see its password.
      const signed = { ...headers, ...(await signature(body)) };
      const timeout = new AbortController(); // axios's own timeout restarts with each byte
      const timer = setTimeout(() => timeout.abort(), settings.CALL_TIMEOUT);
      try {
        const answer = await http.post<string>(`/function/${functionName}`, body, {
          headers: signed,
          signal: timeout.signal,
          validateStatus: () => true,
        });
        return {
          status: answer.status,
          contentType: String(answer.headers["content-type"] ?? ""),
          minimal: answer.headers["preference-applied"] === "return=minimal",
          body: answer.data,
        };
      } catch (cause) {
        if (timeout.signal.aborted) throw new PeerTimeoutError({ ...peer, cause });
        throw peerError(peer, cause);
      } finally {
        clearTimeout(timer);
      }
    },
    close,
  };
}
