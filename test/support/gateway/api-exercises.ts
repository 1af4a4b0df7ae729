import type { HttpAnswer } from "../http/http-call.ts";
import { type DocumentedAnswer, documentedAnswers } from "./api-description.ts";
import type { GatewayUnderTest } from "./gateway-under-test.ts";

/** A call that brings about a documented answer. */
export interface Exercise extends DocumentedAnswer {
  /** What the path's `{name}` stands for. */
  name?: string;
  query?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Whether the call carries no credentials. */
  anonymous?: boolean;
  /** Whether the answer may take time: calls are repeated. */
  eventually?: boolean;
  /** What else must be true of the answer. */
  check?: (answer: HttpAnswer) => void;
}

const changing = /^(POST|PUT|DELETE) \/system\//;
const withoutBody = "DELETE /system/namespace/{name}";

/** The refusals that operations have in common: credentials, a browser's page, and what is no JSON. */
function refusals({ capabilities, credentials }: GatewayUnderTest): Exercise[] {
  return documentedAnswers.flatMap((answer): Exercise[] => {
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

/** What can be asked without changing anything. */
function readings({ namespace }: GatewayUnderTest): Exercise[] {
  const elsewhere = "?namespace=elsewhere";
  return [
    ...["/healthz", "/readyz", "/metrics", "/system/info", "/system/functions", "/system/secrets"].map(
      (path) => ({ operation: `GET ${path}`, status: 200 }),
    ),
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

/** The life of a secret and of a function that mounts it. */
function changes(gateway: GatewayUnderTest, unique: string): Exercise[] {
  const { capabilities, image, namespace } = gateway;
  const name = `conformance-${unique}`;
  const secret = { name, namespace, value: "correct horse" };
  const deployment = {
    service: name,
    image,
    namespace,
    // Without SHUTDOWN_QUIET each pod that ends would take seconds.
    envVars: { TEAM: "data", exec_timeout: "5s", SHUTDOWN_QUIET: "0ms" },
    labels: { team: "data", "com.openfaas.scale.max": "1" },
    annotations: { owner: "Ada & Bob" },
    secrets: [name],
    limits: { memory: "256Mi" },
    requests: { memory: "64Mi", cpu: "50m" },
    readOnlyRootFilesystem: true,
  };
  const functions = "/system/functions";
  const nobody = { ...deployment, service: "nobody" };
  const scaleTo = (replicas: number) => ({ serviceName: name, replicas, namespace });
  const describes = (answer: HttpAnswer) => {
    const { service, envVars, ...rest } = deployment;
    expect(json(answer)).toMatchObject({ name, image: rest.image, namespace, labels: rest.labels });
    if (capabilities.hidesEnvironment) expect(answer.body).not.toContain("TEAM");
  };
  const foreign = capabilities.foreignFunction;
  return [
    { operation: "POST /system/secrets", status: 201, body: secret },
    { operation: "POST /system/secrets", status: 409, body: secret },
    { operation: "POST /system/secrets", status: 400, body: { ...secret, name: "No name" } },
    { operation: "PUT /system/secrets", status: 200, body: { ...secret, value: "battery staple" } },
    { operation: "PUT /system/secrets", status: 404, body: { ...secret, name: "nobody" } },
    { operation: "PUT /system/secrets", status: 400, body: { ...secret, namespace: "elsewhere" } },
    {
      operation: "GET /system/secrets",
      status: 200,
      check: (answer) => {
        expect(json(answer)).toContainEqual({ name, namespace });
        expect(answer.body).not.toMatch(/horse|staple/);
      },
    },
    { operation: `POST ${functions}`, status: 400, body: { ...deployment, service: "No name" } },
    { operation: `POST ${functions}`, status: 400, body: { ...deployment, namespace: "elsewhere" } },
    { operation: `POST ${functions}`, status: 400, body: { ...deployment, secrets: ["not-there"] } },
    { operation: `PUT ${functions}`, status: 404, body: nobody },
    { operation: `POST ${functions}`, status: 202, body: deployment },
    { operation: `POST ${functions}`, status: 409, body: deployment },
    { operation: "GET /system/function/{name}", status: 200, name, eventually: true, check: describes },
    {
      operation: "GET /system/function/{name}",
      status: 200,
      name,
      query: `?namespace=${namespace}`,
      check: describes,
    },
    { operation: "GET /system/function/{name}", status: 200, name: `${name}.${namespace}`, check: describes },
    {
      operation: `GET ${functions}`,
      status: 200,
      check: (answer) => expect(json(answer)).toContainEqual(expect.objectContaining({ name, namespace })),
    },
    ...(capabilities.runsFunctions
      ? [
          {
            operation: "POST /function/{name}",
            status: 200,
            name,
            body: "People are kind",
            eventually: true,
          },
          {
            operation: "POST /function/{name}",
            status: 200,
            name: `${name}.${namespace}`,
            body: "People are kind",
          },
          {
            operation: "GET /system/logs",
            status: 200,
            query: `?name=${name}&tail=5&namespace=${namespace}`,
          },
        ]
      : []),
    ...(capabilities.async
      ? [
          { operation: "POST /async-function/{name}", status: 202, name, body: "People are kind" },
          { operation: "POST /async-function/{name}", status: 413, name, body: "x".repeat(256_001) },
          {
            operation: "POST /async-function/{name}",
            status: 400,
            name,
            body: "People are kind",
            headers: { "x-callback-url": "ftp://127.0.0.1/" },
          },
        ]
      : []),
    { operation: "POST /system/scale-function/{name}", status: 202, name, body: scaleTo(0) },
    { operation: `PUT ${functions}`, status: 200, body: { ...deployment, annotations: { owner: "Eve" } } },
    { operation: `PUT ${functions}`, status: 400, body: { ...deployment, image: "No image" } },
    { operation: "POST /system/scale-function/{name}", status: 202, name, body: scaleTo(1) },
    { operation: "POST /system/scale-function/{name}", status: 400, name, body: scaleTo(2) },
    {
      operation: "POST /system/scale-function/{name}",
      status: 404,
      name: "nobody",
      body: { serviceName: "nobody", replicas: 1 },
    },
    ...(foreign === undefined
      ? []
      : [
          { operation: `PUT ${functions}`, status: 409, body: { service: foreign, image } },
          { operation: `DELETE ${functions}`, status: 409, body: { functionName: foreign } },
        ]),
    { operation: `DELETE ${functions}`, status: 400, body: { functionName: name, namespace: "elsewhere" } },
    { operation: `DELETE ${functions}`, status: 404, body: { functionName: "nobody" } },
    { operation: `DELETE ${functions}`, status: 200, body: { functionName: name, namespace } },
    { operation: "GET /system/function/{name}", status: 404, name, eventually: true },
    { operation: "DELETE /system/secrets", status: 400, body: { name, namespace: "elsewhere" } },
    { operation: "DELETE /system/secrets", status: 202, body: { name, namespace } },
    { operation: "DELETE /system/secrets", status: 404, body: { name, namespace } },
  ];
}

/** The life of a namespace, where the gateway may make one. */
function namespaceChanges({ namespace, capabilities }: GatewayUnderTest, unique: string): Exercise[] {
  const name = `conformance-${unique}`;
  const operation = (method: string) => `${method} /system/namespace/{name}`;
  const labels = { team: "data" };
  const nobody = { name: "elsewhere", body: { name: "elsewhere", labels } };
  if (capabilities.namespaces === "fixed") {
    return [
      { operation: operation("POST"), status: 403, name, body: { name, labels } },
      { operation: operation("PUT"), status: 403, name: namespace, body: { name: namespace, labels } },
      { operation: operation("DELETE"), status: 403, name: namespace, body: { name: namespace } },
    ];
  }
  return [
    { operation: operation("POST"), status: 201, name, body: { name, labels } },
    { operation: operation("POST"), status: 409, name, body: { name, labels } },
    {
      operation: operation("GET"),
      status: 200,
      name,
      check: (answer) => expect(json(answer)).toMatchObject({ name, labels }),
    },
    { operation: operation("PUT"), status: 202, name, body: { name, labels: { team: "web" } } },
    { operation: operation("PUT"), status: 404, ...nobody },
    { operation: operation("DELETE"), status: 202, name, body: { name } },
    { operation: operation("DELETE"), status: 404, name: "elsewhere", body: { name: "elsewhere" } },
  ];
}

/** All calls for a gateway, in the order in which they are to be made. */
export function exercisesFor(gateway: GatewayUnderTest, unique: string): Exercise[] {
  const { changes: canChange } = gateway.capabilities;
  return [
    ...readings(gateway),
    ...refusals(gateway),
    ...(canChange ? changes(gateway, unique) : []),
    ...(canChange ? namespaceChanges(gateway, unique) : []),
  ];
}

function json({ body }: HttpAnswer): unknown {
  return JSON.parse(body);
}
