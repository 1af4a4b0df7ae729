import { randomUUID } from "node:crypto";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { destroyAgents } from "@platform/shared/clients/keep-alive-agents";
import { lazily } from "@platform/shared/clients/lazily";
import { toHost } from "@platform/shared/clients/peer-error";
import axios, { type AxiosRequestConfig, type AxiosResponse } from "axios";
import { hasLogin, type NifiConfig } from "./config.ts";
import {
  NifiAnswerError,
  NifiCertificateError,
  type NifiError,
  NifiUnauthorizedError,
  NifiUnreachableError,
} from "./nifi-error.ts";
import { readSettingFile } from "./setting-file.ts";

/** A client of NiFi's REST API. Paths are relative to /nifi-api/; a failed call throws a NifiError. */
export interface NifiClient {
  /** Host and port. */
  host: string;
  /** Identifies this client; NiFi requires it with each revision. */
  clientId: string;
  get<T>(path: string): Promise<T>;
  /** Sends a FormData as such, any other body as JSON. */
  post<T>(path: string, body: object): Promise<T>;
  put<T>(path: string, body: object): Promise<T>;
  delete(path: string): Promise<void>;
  close(): void;
}

const answerTimeout = 30_000;

/** Creates a client. Over https it logs in, and logs in again when its token has expired. */
export async function createNifiClient(config: NifiConfig): Promise<NifiClient> {
  const host = toHost(config.NIFI_URL);
  const login = await readLogin(config);
  const ca = config.NIFI_CA_FILE && (await readSettingFile("NIFI_CA_FILE", config.NIFI_CA_FILE));
  const agents = {
    httpAgent: new HttpAgent({ keepAlive: true }),
    httpsAgent: new HttpsAgent({ keepAlive: true, ...(ca === undefined ? {} : { ca }) }),
  };
  const http = axios.create({
    ...agents,
    baseURL: `${config.NIFI_URL}/nifi-api/`,
    timeout: answerTimeout,
    maxRedirects: 0,
    maxBodyLength: Number.POSITIVE_INFINITY,
    validateStatus: () => true,
    transitional: { clarifyTimeoutError: true },
    proxy: false,
  });
  const token = lazily(logIn);

  async function logIn(): Promise<string | undefined> {
    if (login === undefined) return undefined;
    const { status, data } = await request({
      method: "POST",
      url: "access/token",
      data: new URLSearchParams(login),
    });
    if (status === 201) return String(data);
    // NiFi answers a wrong password with 400.
    if (status === 400) throw new NifiUnauthorizedError({ host, status, reason: readReason(data) });
    throw answerError(status, data);
  }

  async function request(options: AxiosRequestConfig): Promise<AxiosResponse> {
    try {
      return await http.request(options);
    } catch (cause) {
      const code = String((cause as { code?: unknown }).code ?? (cause as Error).message);
      const facts = { host, code, cause };
      throw /CERT|ISSUER|SIGNATURE/.test(code)
        ? new NifiCertificateError(facts)
        : new NifiUnreachableError(facts);
    }
  }

  async function call<T>(options: AxiosRequestConfig): Promise<T> {
    for (let tries = 1; ; tries++) {
      const bearer = await token.get();
      const headers = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
      const { status, data } = await request({ ...options, headers });
      if (status >= 200 && status < 300) return data as T;
      if (status !== 401 || bearer === undefined || tries > 1) throw answerError(status, data);
      token.drop();
    }
  }

  function answerError(status: number, body: unknown): NifiError {
    const facts = { host, status, reason: readReason(body) };
    return status === 401 || status === 403 ? new NifiUnauthorizedError(facts) : new NifiAnswerError(facts);
  }

  return {
    host,
    clientId: randomUUID(),
    get: (url) => call({ method: "GET", url }),
    post: (url, body) => call({ method: "POST", url, data: body }),
    put: (url, body) => call({ method: "PUT", url, data: body }),
    delete: (url) => call({ method: "DELETE", url }),
    close: () => destroyAgents(agents),
  };
}

/** Reads NiFi's error message, which is plain text. The HTML page of a proxy counts as no message. */
function readReason(body: unknown): string {
  return typeof body === "string" && !body.trimStart().startsWith("<") ? body.trim().slice(0, 2_000) : "";
}

async function readLogin(config: NifiConfig): Promise<{ username: string; password: string } | undefined> {
  if (!hasLogin(config)) return undefined;
  const { NIFI_USERNAME: username = "", NIFI_PASSWORD: password, NIFI_PASSWORD_FILE: file = "" } = config;
  if (password !== undefined) return { username, password };
  const content = await readSettingFile("NIFI_PASSWORD_FILE", file);
  return { username, password: content.replace(/[\r\n]+$/, "") };
}
