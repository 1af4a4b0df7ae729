"use strict";

// Serves function/handler.js behind OpenFaaS's watchdog: the handler interface of node18, with only node:http.
// docs/how-to/use-the-lean-template.md lists the differences to node18.

const { createServer } = require("node:http");
const { join } = require("node:path");
const { Context } = require("./context");
const { logError } = require("./log");
const { createBodyReader } = require("./read-body");
const { readTarget } = require("./target");

/** @type {(event: object, ...more: unknown[]) => unknown} */
const handler = require(join(__dirname, "function", "handler"));

if (typeof handler !== "function") throw new TypeError("function/handler.js must export a function");

const readBody = createBodyReader(process.env);
/** After SIGTERM, the time without a call before the server closes, in milliseconds. */
const quietMs = 2_000;

/** @type {NodeJS.Timeout | undefined} */
let closing;

/** @type {import("node:http").RequestListener} */
async function serve(request, response) {
  closing?.refresh();
  const context = new Context(response);
  try {
    const { path, query } = readTarget(request);
    const body = await readBody(request);
    const { headers, method } = request;
    const value = await handler({ body, headers, method, query, path }, context, context.callback);
    if (!context.answered) context.succeed(value);
  } catch (error) {
    context.refuse(error);
  }
}

// The watchdog closes its idle connections after half a second. The client, not the server, should close them.
const server = createServer({ keepAliveTimeout: 65_000 }, serve);
// The watchdog is on the same machine; nothing else calls this port.
server.listen(Number(process.env.http_port || 3000), "127.0.0.1");

// The watchdog forwards SIGTERM immediately, but still forwards calls until the platform has noticed. A function that listens
// for the signal exits the process itself. This listener runs before those of the function, so it can detect them.
process.prependOnceListener("SIGTERM", () => {
  if (process.listenerCount("SIGTERM") > 0) return;
  closing = setTimeout(() => {
    closing = undefined;
    server.close(() => process.exit(0));
    setInterval(() => server.closeIdleConnections(), 50);
  }, quietMs);
});

// An unhandled rejection affects one call, and must not end the process that serves the others.
if (process.listenerCount("unhandledRejection") === 0) {
  process.on("unhandledRejection", (error) => logError("unhandled_rejection", { error }));
}
