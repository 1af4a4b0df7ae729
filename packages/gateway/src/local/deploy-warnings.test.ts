import { deployWarnings } from "./deploy-warnings.ts";

const plain = { name: "f", image: "f", environment: {}, labels: {}, annotations: {}, secrets: [] };
const warnings = (parts: object, peers = {}) => deployWarnings({ ...plain, ...parts }, peers);

describe("deployWarnings", () => {
  it("returns no warning for supported features", () => {
    const labels = {
      "com.openfaas.scale.min": "0",
      "com.openfaas.scale.max": "1",
      "com.openfaas.scale.zero": "true",
      "com.openfaas.scale.zero-duration": "5m",
    };
    expect(warnings({ labels, limits: {}, constraints: [], annotations: { topic: "tweets" } })).toEqual([]);
    expect(warnings({ environment: { fprocess: "node index.js" } })).toEqual([]);
  });

  it.each([
    [{ limits: { memory: "1Mi" } }, /^The limits are not enforced/],
    [{ requests: { cpu: "1" } }, /^The requests are not used/],
    [{ constraints: ["a=b"] }, /^The constraints are not used: /],
    [{ readOnlyRootFilesystem: true }, /^The root file system of a process is not read-only/],
    [{ environment: { fprocess: "cat" } }, /^fprocess is not used: /],
    [{ annotations: { "image-pull-secrets": "a" } }, /^The annotation image-pull-secrets is not used: /],
    [
      { annotations: { "com.openfaas.health.http.path": "/", "com.openfaas.ready.http.path": "/" } },
      /^The annotations com\.openfaas\.health\.http\.path, com\.openfaas\.ready\.http\.path are not used: /,
    ],
    [{ labels: { "com.openfaas.scale.min": "2" } }, /^One process serves .* com\.openfaas\.scale\.min/],
    [{ labels: { "com.openfaas.scale.max": "5" } }, /^One process serves .* com\.openfaas\.scale\.max/],
    [{ labels: { "com.openfaas.scale.type": "rps" } }, /^One process serves .* com\.openfaas\.scale\.type/],
  ])("returns a warning for %j", (parts, sentence) => {
    expect(warnings(parts)).toEqual([expect.stringMatching(sentence)]);
  });

  it("warns about settings that name external services", () => {
    const environment = { GETH_RPC_ENDPOINT: "http://geth:8545", KAFKA_BROKERS: "kafka:9092", LEVEL: "info" };
    expect(warnings({ environment }, { GETH_RPC_ENDPOINT: "http://127.0.0.1:8545" })).toEqual([
      "npm start sets GETH_RPC_ENDPOINT to its own service.",
      "The setting KAFKA_BROKERS is left out: npm start has no such service.",
    ]);
  });
});
