import { readConfig } from "./config.ts";

describe("the settings of last-block", () => {
  it("default to one node of any chain", () => {
    expect(readConfig({ GETH_CHAIN_ID: "" })).toMatchObject({
      GETH_RPC_ENDPOINT: ["http://eth-geth-tx:8545"],
      GETH_CHAIN_ID: undefined,
      GETH_CACHE: 250,
    });
  });

  it("accept several nodes", () => {
    const nodes = ["http://a:1", "https://user:key@b/path", "ws://c:8546", "wss://d/v3/key"];
    expect(readConfig({ GETH_RPC_ENDPOINT: nodes.join(", "), GETH_CHAIN_ID: "27587" })).toMatchObject({
      GETH_RPC_ENDPOINT: nodes,
      GETH_CHAIN_ID: 27587,
    });
  });

  it("report every invalid value", () => {
    const env = { GETH_RPC_ENDPOINT: "http://a:1,b:hunter2", GETH_CHAIN_ID: "0x6bc3" };
    expect(() => readConfig(env)).toThrow(
      "GETH_RPC_ENDPOINT.1 must be an http, https, ws or wss URL; GETH_CHAIN_ID must be a whole number above 0",
    );
  });
});
