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
  it("replaces variables, or takes their defaults, as faas-cli does", () => {
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
      },
    ]);
  });

  it.each(["", "functions: {}", "functions: [", "functions:\n  f: {image: x}"])("refuses %p", (broken) => {
    expect(() => parseStack(broken, {}, "/repo")).toThrow(StackError);
  });
});

describe("withLocalPeers", () => {
  const { environment } = parseStack(text, {}, "/repo")[0]!;

  it("takes peers from here only, never the addresses of a cluster", () => {
    const local = withLocalPeers(environment, { GETH_RPC_ENDPOINT: "http://127.0.0.1:8545" });
    expect(local).toEqual({ GETH_RPC_ENDPOINT: "http://127.0.0.1:8545", LEVEL: "info", COUNT: "3" });
  });

  it("gives a function no peer that its stack entry does not name", () => {
    expect(withLocalPeers({ LEVEL: "info" }, { KAFKA_BROKERS: "127.0.0.1:9092" })).toEqual({ LEVEL: "info" });
  });
});
