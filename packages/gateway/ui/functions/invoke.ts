import { baseUrl } from "../shell/base-url.ts";
import { type Call, guessContentType, hasBody } from "./curl-line.ts";

/** The answer of a function. */
export interface Answer {
  status: number;
  statusText: string;
  /** The time to the last byte of the answer. */
  milliseconds: number;
  callId: string;
  headers: readonly (readonly [name: string, value: string])[];
  type: string;
  body: Blob;
}

/** Returns the URL of a function or of its asynchronous calls, with a path and query such as `?block=1` or `/path`. */
export function functionUrl(
  name: string,
  query: string,
  route: "function" | "async-function" = "function",
): URL {
  const path = query === "" || /^[/?]/.test(query) ? query : `/${query}`;
  return new URL(`../${route}/${name}${path}`, baseUrl);
}

/** Calls a function. @throws TypeError when the gateway does not answer or a header is invalid; the signal's reason */
export async function invoke(url: URL, call: Call, signal: AbortSignal): Promise<Answer> {
  const { method, body, headers = [] } = call;
  const sent = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  if (hasBody(method) && !sent.has("content-type")) sent.set("content-type", guessContentType(body));
  const start = performance.now();
  const response = await fetch(url, { method, headers: sent, signal, body: hasBody(method) ? body : null });
  const received = await response.blob();
  return {
    status: response.status,
    statusText: response.statusText,
    milliseconds: performance.now() - start,
    callId: response.headers.get("x-call-id") ?? "",
    headers: [...response.headers],
    type: response.headers.get("content-type") ?? "",
    body: received,
  };
}

/** Parses lines `Name: value`. */
export function parseHeaders(text: string): [name: string, value: string][] {
  return text.split("\n").flatMap((line): [string, string][] => {
    const [, name, value] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
}
