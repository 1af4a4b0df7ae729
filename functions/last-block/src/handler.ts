import { authenticate } from "@platform/shared/auth/authenticate";
import { defineFunction } from "@platform/shared/function/define-function";
import { blockSelector } from "./block-selector.ts";
import { readConfig } from "./config.ts";
import { lastBlock } from "./last-block.ts";
import { createRpcClient } from "./rpc-client.ts";

export = defineFunction({
  name: "last-block",
  methods: ["GET", "POST"],
  body: "ignored",
  readConfig,
  authenticate,
  connect: (config) => createRpcClient({ url: config.GETH_RPC_ENDPOINT, timeout: config.GETH_TIMEOUT }),
  close: (client) => client.close(),
  parse: blockSelector,
  run: (selector, { client }) => lastBlock(client, selector),
});
