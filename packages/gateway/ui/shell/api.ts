import { baseUrl } from "./base-url.ts";

/** A refused or failed request. The message is the detail of the gateway's problem+json, or that the gateway does not answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status; 0 if there was no answer. */
  readonly status: number;
  readonly code: string;

  constructor({ status, code, detail }: { status: number; code: string; detail: string }) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** The URL of a path below `/ui/api/`, such as `documents?q=kind`. */
export function apiUrl(path: string): URL {
  return new URL(`api/${path}`, baseUrl);
}

/** Reads JSON. @throws ApiError, and the signal's reason */
export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { signal: signal ?? null });
}

/** Sends a change as JSON. Its header prevents cross-site requests; see guardChanges in the gateway. @throws ApiError */
export function sendJson<T>(method: "POST" | "PUT" | "DELETE", path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json", "x-console": "1" };
  return request<T>(path, { method, headers, body: JSON.stringify(body) });
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(apiUrl(path), init).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new ApiError({ status: 0, code: "no_answer", detail: "The gateway does not answer." });
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw new ApiError({ status: response.status, ...parseProblem(text, response.status) });
}

function parseProblem(text: string, status: number): { code: string; detail: string } {
  try {
    const { code, detail } = JSON.parse(text);
    return { code: String(code), detail: String(detail) };
  } catch {
    return { code: "unknown", detail: `The gateway answered with status ${status}.` };
  }
}
