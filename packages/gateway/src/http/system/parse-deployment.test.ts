import { parseDeployment } from "./parse-deployment.ts";

const smallest = { service: "sentiment", image: "me/sentiment:1.0.0" };
const parse = (body: object) => parseDeployment({ ...smallest, ...body });
const problemOf = (body: unknown) => {
  try {
    parseDeployment(body);
  } catch (error) {
    return error as { status: number; code: string; message: string };
  }
  throw new Error("nothing was wrong");
};
/** JSON, so that the keys of a body may be `__proto__`. */
const parsed = (json: string) => JSON.parse(json);

it("reads what faas-cli sends", () => {
  const { definition, warnings } = parse({
    namespace: "openfaas-fn",
    envProcess: "node index.js",
    envVars: { RAW_BODY: "true" },
    constraints: ["kubernetes.io/arch=amd64", "disk == ssd"],
    secrets: ["hmac-key", "hmac-key"],
    labels: { team: "data", "com.openfaas.scale.max": "5" },
    annotations: { topic: "twitter", "max-inflight": "100" },
    limits: { memory: "256Mi", cpu: "" },
    requests: { memory: "64Mi", cpu: "0.05" },
    readOnlyRootFilesystem: true,
  });
  expect(warnings).toEqual([]);
  expect(definition).toEqual({
    name: "sentiment",
    image: "me/sentiment:1.0.0",
    namespace: "openfaas-fn",
    environment: { RAW_BODY: "true", fprocess: "node index.js" },
    constraints: ["kubernetes.io/arch=amd64", "disk == ssd"],
    secrets: ["hmac-key"],
    labels: { team: "data", "com.openfaas.scale.max": "5" },
    annotations: { topic: "twitter", "max-inflight": "100" },
    limits: { memory: "256Mi" },
    requests: { memory: "64Mi", cpu: "0.05" },
    readOnlyRootFilesystem: true,
  });
});

it("treats null as absent, because Go's JSON does", () => {
  const nothing = {
    labels: null,
    annotations: null,
    limits: null,
    requests: null,
    envVars: null,
    secrets: null,
  };
  expect(parse({ ...nothing, constraints: null, namespace: "", envProcess: "" })).toEqual(parse({}));
});

it("names all problems at once", () => {
  const { status, code, message } = problemOf({
    service: "No name",
    image: "no image",
    envVars: { "1st": "x" },
    labels: { app: "x", team: "not a label", "com.openfaas.scale.min": "many" },
    annotations: { "com.openfaas.profile": "gpu", "max-inflight": "0" },
    secrets: ["../etc"],
    constraints: ["node.role != manager"],
    limits: { memory: "much" },
  });
  expect([status, code]).toEqual([400, "invalid_request"]);
  const parts = ["service must be", "image must be", "1st", '"app"', '"team"', "scale.min", "profile"];
  for (const part of [...parts, "max-inflight", "../etc", "!= manager", "much"]) {
    expect(message).toContain(part);
  }
});

it.each<[string, unknown, RegExp]>([
  ["a body that is no object", "x", /must be a JSON object/],
  ["no service", { image: "x" }, /service is missing/],
  ["no image", { service: "x" }, /image is missing/],
  ["a name of 64 characters", { ...smallest, service: "x".repeat(64) }, /service must be/],
  ["a name that begins with a digit", { ...smallest, service: "1st" }, /service must be/],
  ["an environment of numbers", { ...smallest, envVars: { A: 1 } }, /envVars must be an object/],
  ["a variable with NUL", { ...smallest, envVars: { A: "\0" } }, /NUL/],
  ["an unknown resource", { ...smallest, limits: { "nvidia.com/gpu": "1" } }, /must be cpu or memory/],
  [
    "requests above the limits",
    { ...smallest, requests: { memory: "1Gi" }, limits: { memory: "1000Mi" } },
    /requests.memory is 1Gi; it must be at most limits.memory, which is 1000Mi/,
  ],
  ["a label key with two slashes", { ...smallest, labels: { "a/b/c": "x" } }, /label key/],
  [
    "a prototype among the labels",
    parsed('{"service":"x","image":"x","labels":{"__proto__":"x"}}'),
    /label key/,
  ],
  [
    "an invalid schedule",
    { ...smallest, annotations: { topic: "cron-function", schedule: "often" } },
    /annotation schedule is "often"/,
  ],
  ["annotations without end", { ...smallest, annotations: { a: "x".repeat(300_000) } }, /200000 bytes/],
])("refuses %s", (_what, body, problem) => {
  expect(problemOf(body).message).toMatch(problem);
});

it.each([
  "x",
  "me/x:1",
  "registry.example.com:5000/me/x_y:1.0",
  `x@sha256:${"a".repeat(64)}`,
  "localhost/a--b/c__d",
])("takes the image %s", (image) => {
  expect(parse({ image }).definition.image).toBe(image);
});

it.each([
  "",
  "X",
  "me//x",
  "x:",
  "x@sha256:1",
  "me/../x",
  "https://x/y",
  "x y",
  "-x",
  "x\n",
  `${"x".repeat(513)}`,
])("refuses the image %j", (image) => {
  expect(problemOf({ ...smallest, image }).message).toMatch(/^image must be/);
});

it("keeps variables that are named like parts of a prototype", () => {
  const { environment } = parse({ envVars: parsed('{"constructor":"x","__proto__":"y"}') }).definition;
  expect(Object.entries(environment)).toEqual([
    ["constructor", "x"],
    ["__proto__", "y"],
  ]);
});

it("warns of what has no effect", () => {
  const { warnings } = parse({
    network: "func_functions",
    registryAuth: "secret",
    replicas: 3,
    envProcess: "node",
    envVars: { fprocess: "python" },
    labels: { "com.openfaas.scale.target-proportion": "0.9" },
    annotations: { "com.openfaas.storage": "x" },
  });
  expect(warnings).toEqual([
    '"network" is deprecated and has no effect.',
    '"registryAuth" is deprecated and has no effect.',
    'The key "replicas" is not known and has no effect.',
    'envProcess replaces the environment variable "fprocess".',
    'The label "com.openfaas.scale.target-proportion" has no effect here.',
    'The annotation "com.openfaas.storage" has no effect here.',
  ]);
});

it("reads very long texts in linear time", () => {
  const long = 1_000_000;
  const spaces = " ".repeat(long);
  const body = {
    service: "a".repeat(long),
    image: `${"a-".repeat(long)}!`,
    envVars: { ["A".repeat(long) + spaces]: "x" },
    constraints: [`k=${spaces}=`, `k${spaces}=x`, "=".repeat(long)],
    secrets: [`${"a.".repeat(long)}!`],
    labels: { [`${"a.".repeat(long)}!/x`]: "x", "com.openfaas.scale.zero-duration": "1".repeat(long) },
    annotations: {
      "com.openfaas.ready.http.initialDelay": "1h".repeat(long),
      "image-pull-secrets": ",".repeat(long),
    },
    requests: { cpu: `${"1".repeat(long)}x` },
  };
  const begin = performance.now();
  expect(problemOf(body).status).toBe(400);
  expect(performance.now() - begin).toBeLessThan(2_000);
});
