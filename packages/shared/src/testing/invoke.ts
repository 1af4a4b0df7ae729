import type { Handler } from "../function/template.ts";

/** A call for a handler. */
export interface Call {
  method?: string;
  /** With its query: `/?engine=afinn`. */
  path?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Buffer;
}

/** The response of a handler. */
export interface HandlerResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Calls a handler as the node18 template does under RAW_BODY=true, without a server. */
export async function invoke(handler: Handler, call: Call = {}): Promise<HandlerResponse> {
  const { method = call.body === undefined ? "GET" : "POST", path = "/", body } = call;
  const url = new URL(path, "http://function.invalid");
  const answered: HandlerResponse = { statusCode: 200, headers: {}, body: "" };
  const context = {
    status(code: number) {
      answered.statusCode = code;
      return context;
    },
    headers(headers: Record<string, string>) {
      answered.headers = headers;
      return context;
    },
    succeed(text: string) {
      answered.body = text;
    },
  };
  const requestHeaders = Object.fromEntries(
    Object.entries(call.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  await handler(
    {
      method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { "content-type": "text/plain", ...requestHeaders },
      body: body === undefined ? {} : Buffer.from(body),
    },
    context,
  );
  return answered;
}
