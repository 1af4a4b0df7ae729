import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import bodyParser from "body-parser";
import express, { type Request, type Response } from "express";

/**
 * A process that serves one function like OpenFaaS's node18 template, with the same traps (docs/explanation/template-traps.md), so
 * that a function that works here works with the template as well. function-process.ts starts it with the function's folder as its
 * argument. It sends its port over IPC, and ends when the gateway is gone.
 */

type Send = (error: unknown, value?: unknown) => void;

/** The context of a handler. status() and headers() set a value, or return it without an argument; the other methods send the answer. */
class Context {
  readonly #send: (context: Context, error: unknown, value?: unknown) => void;
  statusCode = 200;
  headerValues: Record<string, string> = {};
  sent = false;

  constructor(send: (context: Context, error: unknown, value?: unknown) => void) {
    this.#send = send;
  }

  status(code?: number): this | number {
    if (!code) return this.statusCode;
    this.statusCode = code;
    return this;
  }

  headers(headers?: Record<string, string>): this | Record<string, string> {
    if (!headers) return this.headerValues;
    this.headerValues = headers;
    return this;
  }

  succeed(value: unknown): void {
    this.sent = true;
    this.#send(this, undefined, value);
  }

  fail(error: unknown): void {
    if (this.statusCode === 200) this.statusCode = 500;
    this.sent = true;
    this.#send(this, error);
  }
}

type TemplateHandler = (event: object, context: Context, callback: Send) => unknown;

/** Creates an express app for a handler, with the template's body parsers for this environment. */
function createHost(handler: TemplateHandler, env: NodeJS.ProcessEnv): express.Express {
  const app = express();
  app.disable("x-powered-by");
  app.use((request, _response, next) => {
    request.headers["content-type"] ||= "text/plain";
    next();
  });
  if (env.RAW_BODY === "true") {
    app.use(bodyParser.raw({ type: "*/*", limit: env.MAX_RAW_SIZE || "100kb" }));
  } else {
    app.use(bodyParser.text({ type: "text/*" }));
    app.use(bodyParser.json({ limit: env.MAX_JSON_SIZE || "100kb" }));
    app.use(bodyParser.urlencoded({ extended: true }));
  }
  const serve = (request: Request, response: Response) => call(handler, request, response);
  for (const method of ["get", "post", "put", "patch", "delete", "options"] as const)
    app[method]("/*", serve);
  return app;
}

/** Calls the handler. As in the template, a handler that throws before it returns a promise ends the process. */
async function call(handler: TemplateHandler, request: Request, response: Response): Promise<void> {
  const { body, headers, method, query, path } = request;
  const context = new Context((endedContext, error, value) => {
    if (error) {
      console.error(error);
      response.status(endedContext.statusCode).send(String(error));
      return;
    }
    const plain = Array.isArray(value) || (value as object | undefined)?.constructor === Object;
    response
      .set(endedContext.headerValues)
      .status(endedContext.statusCode)
      .send(plain ? JSON.stringify(value) : value);
  });
  const refuse: Send = (error, value) => {
    if (error) console.error(error);
    response.status(context.statusCode).send(error ? String(error) : value);
  };
  const result = handler({ body, headers, method, query, path }, context, refuse);
  try {
    const value = await result;
    if (!context.sent) context.succeed(value);
  } catch (error) {
    refuse(error);
  }
}

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: template-host FOLDER");
const loadedHandler = createRequire(join(folder, "/"))("./handler.js") as TemplateHandler;
// Calls that waited for the start arrive all at once.
const address = { port: Number(process.env.http_port ?? 0), host: "127.0.0.1", backlog: 4_096 };
const server = createServer(createHost(loadedHandler, process.env)).listen(address, () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
process.on("disconnect", () => process.exit(0));
