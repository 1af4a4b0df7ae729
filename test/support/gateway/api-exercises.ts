import { functionChanges, namespaceChanges } from "./api-changes.ts";
import { type Exercise, json } from "./api-exercise.ts";
import { gatewayApi } from "./gateway-api.ts";
import type { GatewayUnderTest } from "./gateway-under-test.ts";

const changing = /^(POST|PUT|DELETE) \/system\//;
const withoutBody = "DELETE /system/namespace/{name}";

/** The refusals that operations have in common: missing credentials, a page in a browser, and bodies that are not JSON. */
function refusals({ capabilities, credentials }: GatewayUnderTest): Exercise[] {
  return gatewayApi.answers.flatMap((answer): Exercise[] => {
    const { operation, status } = answer;
    const common = { ...answer, name: "nobody", body: operation.startsWith("GET") ? undefined : {} };
    if (status === 401) return credentials === undefined ? [] : [{ ...common, anonymous: true }];
    if (!changing.test(operation)) return [];
    if (!capabilities.changes) return status === 405 ? [common] : [];
    if (status === 403) return [{ ...common, headers: { origin: "https://elsewhere.example" } }];
    if (status === 413) return [{ ...common, body: { name: "x".repeat(2_100_000) } }];
    if (status === 415) return [{ ...common, headers: { "content-type": "text/plain" } }];
    if (status === 400 && operation !== withoutBody) return [{ ...common, body: "no object" }];
    return [];
  });
}

/** Calls that change nothing. */
function readings({ namespace }: GatewayUnderTest): Exercise[] {
  const elsewhere = "?namespace=elsewhere";
  return [
    ...[
      "/healthz",
      "/readyz",
      "/metrics",
      "/openapi.json",
      "/system/info",
      "/system/functions",
      "/system/secrets",
    ].map((path) => ({ operation: `GET ${path}`, status: 200 })),
    {
      operation: "GET /system/namespaces",
      status: 200,
      check: (answer) => expect(json(answer)).toContain(namespace),
    },
    { operation: "GET /system/functions", status: 200, query: `?namespace=${namespace}` },
    { operation: "GET /system/functions", status: 400, query: elsewhere },
    { operation: "GET /system/secrets", status: 400, query: elsewhere },
    { operation: "GET /system/function/{name}", status: 400, name: "nobody", query: elsewhere },
    { operation: "GET /system/function/{name}", status: 404, name: "nobody" },
    { operation: "GET /system/namespace/{name}", status: 200, name: namespace },
    { operation: "GET /system/namespace/{name}", status: 404, name: "elsewhere" },
    { operation: "GET /system/logs", status: 400, query: "?tail=x" },
    { operation: "GET /system/logs", status: 404, query: "?name=nobody" },
    { operation: "POST /function/{name}", status: 404, name: "nobody", body: {} },
    { operation: "POST /async-function/{name}", status: 404, name: "nobody", body: {} },
  ];
}

/** All calls for a gateway, in order. */
export function createExercises(gateway: GatewayUnderTest, unique: string): Exercise[] {
  const { changes: canChange } = gateway.capabilities;
  return [
    ...readings(gateway),
    ...refusals(gateway),
    ...(canChange ? functionChanges(gateway, unique) : []),
    ...(canChange ? namespaceChanges(gateway, unique) : []),
  ];
}
