import type { HttpAnswer } from "../http/http-call.ts";
import { type Exercise, json } from "./api-exercise.ts";
import type { GatewayUnderTest } from "./gateway-under-test.ts";

/** Calls over the lifetime of a secret and of a function that mounts it. */
export function functionChanges(gateway: GatewayUnderTest, unique: string): Exercise[] {
  const { capabilities, image, namespace } = gateway;
  const name = `conformance-${unique}`;
  const secret = { name, namespace, value: "correct horse" };
  const deployment = {
    service: name,
    image,
    namespace,
    // Otherwise each pod would take seconds to terminate.
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
    { operation: `POST ${functions}`, status: 400, body: { ...deployment, envVars: { PORT: 8080 } } },
    { operation: `POST ${functions}`, status: 400, body: [deployment] },
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
    // Clients in Go send null for an empty map or list.
    {
      operation: `PUT ${functions}`,
      status: 200,
      body: { ...deployment, annotations: null, constraints: null },
    },
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
          {
            operation: "POST /system/scale-function/{name}",
            status: 409,
            name: foreign,
            body: { serviceName: foreign, replicas: 1 },
          },
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

/** Calls over the lifetime of a namespace, if the gateway may create one. */
export function namespaceChanges({ namespace, capabilities }: GatewayUnderTest, unique: string): Exercise[] {
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
