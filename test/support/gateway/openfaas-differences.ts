import type { Difference } from "./gateway-under-test.ts";

/** Answers of OpenFaaS and its providers that differ from docs/reference/gateway-api.yml. */
export const openFaasDifferences: readonly Difference[] = [
  {
    operation: "PUT /system/functions",
    status: 200,
    instead: [200, 202],
    why: "documented is 200, providers answer 202",
  },
  { operation: "DELETE /system/functions", status: 200, instead: [200, 202], why: "as above" },
  {
    operation: "POST /system/scale-function/{name}",
    status: 202,
    instead: [200, 202],
    why: "both are documented",
  },
  {
    operation: "POST /system/secrets",
    status: 201,
    instead: [201, 202],
    why: "documented is 201, providers answer 202",
  },
  {
    operation: "PUT /system/secrets",
    status: 200,
    instead: [200, 202],
    why: "documented is 200, providers answer 202",
  },
  { operation: "DELETE /system/secrets", status: 202, instead: [200, 202, 204], why: "documented is 204" },
  {
    operation: "POST /function/{name}",
    status: 404,
    instead: [404, 502, 503],
    why: "the provider finds no endpoint",
  },
  { operation: "GET /system/logs", status: 400, instead: [400, 422], why: "the SDK answers 422" },
  { operation: "GET /system/logs", status: 404, instead: [404, 500], why: "the SDK answers 500" },
  ...[
    ...["GET /system/functions", "POST /system/functions", "DELETE /system/functions"],
    ...[
      "GET /system/function/{name}",
      "GET /system/secrets",
      "PUT /system/secrets",
      "DELETE /system/secrets",
    ],
  ].map((operation) => ({
    operation,
    status: 400,
    instead: [400, 401, 403, 404, 500],
    why: "what an unknown namespace answers is documented nowhere",
  })),
  {
    operation: "POST /async-function/{name}",
    status: 404,
    instead: [202, 404],
    why: "a queue may take any name",
  },
  {
    operation: "POST /async-function/{name}",
    status: 400,
    instead: [],
    why: "X-Callback-Url is not checked",
  },
  { operation: "GET /openapi.json", instead: [], why: "it serves no description" },
  { operation: "GET /readyz", instead: [], why: "there is only /healthz" },
  { operation: "GET /system/namespaces", status: 401, instead: [], why: "the list is open" },
  ...["GET", "POST", "PUT", "DELETE"].map((method) => ({
    operation: `${method} /system/namespace/{name}`,
    instead: [],
    why: "only the commercial edition changes namespaces",
  })),
  { status: 403, instead: [], why: "pages in a browser are not refused" },
  { status: 413, instead: [], why: "bodies have no limit of their own" },
  { status: 415, instead: [], why: "content types are not looked at" },
];
