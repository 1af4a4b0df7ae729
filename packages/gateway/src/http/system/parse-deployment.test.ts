import { parseDeployment } from "./parse-deployment.ts";

const smallest = { service: "sentiment", image: "me/sentiment:1.0.0" };
const parse = (body: object) => parseDeployment({ ...smallest, ...body });
const readProblem = (body: unknown) => {
  try {
    parseDeployment(body);
  } catch (error) {
    return error as { status: number; code: string; message: string };
  }
  throw new Error("the body is valid");
};
/** Parses JSON, so that a body may have the key `__proto__`. */
const parsed = (json: string) => JSON.parse(json);

it("reads the request of faas-cli", () => {
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
  const { status, code, message } = readProblem({
    service: "No name",
    image: "no image",
    envVars: { "1st": "x" },
    labels: {
      app: "x",
      team: "not a label",
      "com.openfaas.scale.min": "many",
      "com.openfaas.scale.zero": "yes",
    },
    annotations: { "com.openfaas.profile": "gpu", "max-inflight": "0" },
    secrets: ["../etc"],
    constraints: ["node.role != manager"],
    limits: { memory: "much" },
  });
  expect([status, code]).toEqual([400, "invalid_request"]);
  const parts = [
    'service is "No name"; it must be',
    'image is "no image"; it must be',
    "1st",
    '"app"',
    '"team"',
    "scale.min",
    "scale.zero",
    "profile",
  ];
  for (const part of [...parts, "max-inflight", "../etc", "!= manager", "much"]) {
    expect(message).toContain(part);
  }
});

it.each<[string, unknown, RegExp]>([
  ["a body that is not an object", "x", /must be a JSON object/],
  ["a list", [], /must be a JSON object/],
  ["no service", { image: "x" }, /service is missing/],
  ["no image", { service: "x" }, /image is missing/],
  ["a name of 64 characters", { ...smallest, service: "x".repeat(64) }, /service is ".*"; it must be/],
  ["a name that begins with a digit", { ...smallest, service: "1st" }, /service is "1st"; it must be/],
  ["an environment of numbers", { ...smallest, envVars: { A: 1 } }, /envVars must be an object/],
  ["a variable with NUL", { ...smallest, envVars: { A: "\0" } }, /NUL/],
  ["an unknown resource", { ...smallest, limits: { "nvidia.com/gpu": "1" } }, /must be cpu or memory/],
  [
    "requests above the limits",
    { ...smallest, requests: { memory: "1Gi" }, limits: { memory: "1000Mi" } },
    /requests.memory is 1Gi; it must be at most limits.memory, which is 1000Mi/,
  ],
  [
    "memory in thousandths of a byte",
    { ...smallest, limits: { memory: "40m" } },
    /limits.memory is "40m", which is 0.04 bytes; the unit of mebibytes is Mi/,
  ],
  ["a label key with two slashes", { ...smallest, labels: { "a/b/c": "x" } }, /label key/],
  [
    "a label named like a prototype",
    parsed('{"service":"x","image":"x","labels":{"__proto__":"x"}}'),
    /label key/,
  ],
  [
    "an invalid schedule",
    { ...smallest, annotations: { topic: "cron-function", schedule: "often" } },
    /annotation schedule is "often"/,
  ],
  [
    "the topic cron-function without a schedule",
    { ...smallest, annotations: { topic: "cron-function" } },
    /topic cron-function needs the annotation schedule/,
  ],
  [
    "a variable that is too long for Linux",
    { ...smallest, envVars: { BIG: "x".repeat(130_000) } },
    /the value of "BIG" has 130000 bytes; at most 100000/,
  ],
  [
    "a process that is too long for Linux",
    { ...smallest, envProcess: "x".repeat(130_000) },
    /envProcess is ".*"; it must have at most 100000 bytes/,
  ],
  [
    "too many variables",
    {
      ...smallest,
      envVars: Object.fromEntries(["A", "B", "C", "D", "E", "F"].map((name) => [name, "x".repeat(99_000)])),
    },
    /envVars: \d+ bytes in total; at most 500000/,
  ],
  [
    "too many labels",
    {
      ...smallest,
      labels: Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`l${index}`, "x".repeat(60)])),
    },
    /labels: \d+ bytes in total; at most 100000/,
  ],
  [
    "too many constraints",
    { ...smallest, constraints: Array.from({ length: 101 }, (_, index) => `k${index}=v`) },
    /constraints must have at most 100 entries/,
  ],
  ["too many annotations", { ...smallest, annotations: { a: "x".repeat(300_000) } }, /at most 200000/],
])("refuses %s", (_what, body, problem) => {
  expect(readProblem(body).message).toMatch(problem);
});

it.each([
  "x",
  "me/x:1",
  "registry.example.com:5000/me/x_y:1.0",
  `x@sha256:${"a".repeat(64)}`,
  "localhost/a--b/c__d",
])("accepts the image %s", (image) => {
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
  expect(readProblem({ ...smallest, image }).message).toMatch(/^image is ".*"; it must be/);
});

it("keeps variables named like properties of a prototype", () => {
  const { environment } = parse({ envVars: parsed('{"constructor":"x","__proto__":"y"}') }).definition;
  expect(Object.entries(environment)).toEqual([
    ["constructor", "x"],
    ["__proto__", "y"],
  ]);
});

it.each<Record<string, string>>([
  { "health.http.path": "/healthz", "health.http.initialDelay": "30s" },
  { "ready.http.path": "/_/ready", "ready.http.initialDelaySeconds": "30", "ready.http.periodSeconds": "5" },
  { "ready.http.initialDelay": "1s", "ready.http.periodSeconds": "1s", "health.http.periodSeconds": "1s" },
  {
    "ready.http.timeoutSeconds": "2",
    "ready.http.successThreshold": "1",
    "health.http.failureThreshold": "3",
  },
])("accepts the probes of OpenFaaS's documentation: %p", (probes) => {
  const annotations = Object.fromEntries(
    Object.entries(probes).map(([key, value]) => [`com.openfaas.${key}`, value]),
  );
  expect(parse({ annotations }).warnings).toEqual([]);
});

it("warns about parts without effect", () => {
  const { warnings } = parse({
    network: "func_functions",
    registryAuth: "secret",
    replicas: 3,
    envProcess: "node",
    envVars: { fprocess: "python" },
    labels: { "com.openfaas.scale.target-proportion": "0.9", "com.openfaas.health.http.initialDelay": "30s" },
    annotations: {
      "com.openfaas.storage": "x",
      "com.openfaas.scale.min": "2",
      schedule: "@hourly",
      topic: "posts",
    },
  });
  expect(warnings).toEqual([
    '"network" is deprecated and has no effect.',
    '"registryAuth" is deprecated and has no effect.',
    'The key "replicas" is not known and has no effect.',
    'envProcess replaces the environment variable "fprocess".',
    'The label "com.openfaas.scale.target-proportion" has no effect here.',
    'The label "com.openfaas.health.http.initialDelay" has no effect here.',
    'The annotation "com.openfaas.storage" has no effect here.',
    'The annotation "com.openfaas.scale.min" has no effect here.',
    'The annotation "schedule" has no effect without the annotation topic: cron-function.',
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
  expect(readProblem(body).status).toBe(400);
  expect(performance.now() - begin).toBeLessThan(2_000);
});
