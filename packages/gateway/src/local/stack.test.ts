import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withLocalPeers } from "./peers.ts";
import { parseStack, StackError } from "./stack.ts";

const text = `
functions:
  f:
    handler: ./functions/f/dist
    image: \${PREFIX:-me}/f:\${TAG:-1.0}
    environment:
      GETH_RPC_ENDPOINT: \${GETH_RPC_ENDPOINT:-http://eth-geth-tx:8545}
      KAFKA_BROKERS: kafka:9092
      LEVEL: \${LEVEL:-info}
      COUNT: 3
    secrets: [key]
`;

describe("parseStack", () => {
  it("replaces variables or uses their defaults, as faas-cli does", () => {
    expect(parseStack(text, { TAG: "2.0", LEVEL: "", GETH_RPC_ENDPOINT: "http://node:1" }, "/repo")).toEqual([
      {
        name: "f",
        handler: "/repo/functions/f/dist",
        image: "me/f:2.0",
        environment: {
          GETH_RPC_ENDPOINT: "http://node:1",
          KAFKA_BROKERS: "kafka:9092",
          LEVEL: "info",
          COUNT: "3",
        },
        labels: {},
        annotations: {},
        secrets: ["key"],
        unusedKeys: [],
      },
    ]);
  });

  it("resolves anchors and merge keys", () => {
    const merged = "x-all: &all {A: 1, B: 1}\nfunctions: {f: {handler: f, environment: {<<: *all, B: 2}}}";
    expect(parseStack(merged, {}, "/repo")[0]!.environment).toEqual({ A: "1", B: "2" });
  });

  it("reads environment files, which override the environment", () => {
    const folder = mkdtempSync(join(tmpdir(), "stack-"));
    writeFileSync(join(folder, "a.yml"), "environment: {B: file, C: 3}");
    const stack = "functions: {f: {handler: f, environment: {A: 1, B: 1}, environment_file: [a.yml]}}";
    expect(parseStack(stack, {}, folder)[0]!.environment).toEqual({ A: "1", B: "file", C: "3" });
    expect(() => parseStack(stack, {}, "/nowhere")).toThrow(StackError);
    rmSync(folder, { recursive: true });
  });

  it("keeps the namespace, and lists unused keys", () => {
    const stack =
      "functions: {f: {handler: f, lang: node18, namespace: staging, constraints: [a], build_args: {B: 1}}}";
    expect(parseStack(stack, {}, "/repo")[0]).toMatchObject({
      namespace: "staging",
      constraints: ["a"],
      unusedKeys: ["constraints", "build_args"],
    });
  });

  it("refuses invalid labels of scaling", () => {
    const stack = 'functions: {f: {handler: f, labels: {com.openfaas.scale.min: "few"}}}';
    expect(() => parseStack(stack, {}, "/repo")).toThrow(
      /^the function f cannot scale: The label .*min is "few"/,
    );
  });

  it.each(["", "functions: {}", "functions: [", "functions:\n  f: {image: x}"])("refuses %p", (broken) => {
    expect(() => parseStack(broken, {}, "/repo")).toThrow(StackError);
  });
});

describe("withLocalPeers", () => {
  const { environment } = parseStack(text, {}, "/repo")[0]!;

  it("uses local peers only, never the addresses of a cluster", () => {
    const local = withLocalPeers(environment, { GETH_RPC_ENDPOINT: "http://127.0.0.1:8545" });
    expect(local).toEqual({ GETH_RPC_ENDPOINT: "http://127.0.0.1:8545", LEVEL: "info", COUNT: "3" });
  });

  it("adds no peer that is missing in the function's stack entry", () => {
    expect(withLocalPeers({ LEVEL: "info" }, { KAFKA_BROKERS: "127.0.0.1:9092" })).toEqual({ LEVEL: "info" });
  });
});
