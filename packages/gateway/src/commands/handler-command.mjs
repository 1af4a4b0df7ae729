/** The command `npm run handler`, as data: scripts/handler.mjs prints its help before anything is installed. */
export const handlerCommand = /** @type {const} */ ({
  name: "npm run handler",
  summary: `Calls a built function once, without a server, and prints {statusCode, headers, body} as JSON. Settings come from
the environment. With npm run --silent handler, npm itself prints nothing.`,
  operands: "FUNCTION",
  options: {
    data: {
      type: "string",
      short: "d",
      value: "TEXT",
      description: "the body; @FILE reads a file, @- standard input",
    },
    header: {
      type: "string",
      short: "H",
      value: "NAME:VALUE",
      multiple: true,
      description: "a header; may be repeated",
    },
    path: {
      type: "string",
      value: "PATH",
      description: "path and query, such as /?block=1",
      fallback: "/",
    },
    method: {
      type: "string",
      short: "X",
      value: "METHOD",
      description: "the method",
      fallback: "POST with --data, else GET",
    },
  },
  exitCodes: { 0: "the function answered, whatever the status" },
});
