import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { startListener } from "../http/listener.ts";

/** A received call of a function. */
interface FunctionCall {
  functionName: string;
  headers: IncomingHttpHeaders;
  body: string;
  bytes: Buffer;
  /** From the connector's headers. */
  partition: number;
  offset: number;
  /** When the call arrived, by performance.now(). */
  at: number;
}

/** A function's answer. Undefined is 200 without a body; `hang` never answers. */
export type FunctionAnswer =
  | { status?: number; type?: string; headers?: Record<string, string>; body?: string }
  | "hang"
  | undefined;

/** A function that a test deploys. */
interface FakeFunction {
  annotations?: Record<string, string>;
  answer?(call: FunctionCall): FunctionAnswer | Promise<FunctionAnswer>;
}

/**
 * A fake of OpenFaaS's gateway: /system/functions, with basic auth if there are credentials, and functions whose answers the test
 * chooses.
 */
export interface FakeGateway extends AsyncDisposable {
  url: string;
  functions: Map<string, FakeFunction>;
  /** user:password; other logins get 401. */
  credentials: string | undefined;
  /** All calls of functions, in order of arrival. */
  calls: FunctionCall[];
  /** Number of requests for the list of functions. */
  lists: number;
}

export async function startFakeGateway(): Promise<FakeGateway> {
  const gateway = {
    functions: new Map<string, FakeFunction>(),
    credentials: undefined as string | undefined,
    calls: [] as FunctionCall[],
    lists: 0,
  };

  function answerList(request: IncomingMessage): FunctionAnswer {
    gateway.lists += 1;
    const { credentials } = gateway;
    const expected = credentials && `Basic ${Buffer.from(credentials).toString("base64")}`;
    if (expected && request.headers.authorization !== expected) return { status: 401 };
    const list = [...gateway.functions].map(([name, { annotations }]) => ({ name, annotations }));
    return { type: "application/json", body: JSON.stringify(list) };
  }

  async function answerCall(request: IncomingMessage): Promise<FunctionAnswer> {
    const bytes = Buffer.concat(await request.toArray());
    if (request.url === "/system/functions") return answerList(request);
    const name = /^\/function\/([^/?]+)$/.exec(request.url ?? "")?.[1] ?? "";
    const target = gateway.functions.get(name);
    if (target === undefined) return { status: 404 };
    const call = {
      functionName: name,
      headers: request.headers,
      body: bytes.toString(),
      bytes,
      partition: Number(request.headers["x-kafka-partition"]),
      offset: Number(request.headers["x-kafka-offset"]),
      at: performance.now(),
    };
    gateway.calls.push(call);
    return target.answer?.(call);
  }

  const listener = await startListener((request, response) => {
    answerCall(request).then(
      (answer) => {
        if (answer === "hang") return;
        const { status = 200, type = "text/plain", headers = {}, body = "" } = answer ?? {};
        response.writeHead(status, { "content-type": type, ...headers }).end(body);
      },
      () => response.destroy(),
    );
  });
  return Object.assign(gateway, {
    url: listener.url,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  });
}
