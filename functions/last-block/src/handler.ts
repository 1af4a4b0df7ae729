import { authenticate } from "@platform/shared/auth/authenticate";
import { defineFunction } from "@platform/shared/function/define-function";
import { blockQuery } from "./block-query.ts";
import { readConfig } from "./config.ts";
import { connect } from "./connect.ts";
import { lastBlock } from "./last-block.ts";
import { addMetrics } from "./metrics.ts";

export = defineFunction({
  name: "last-block",
  methods: ["GET", "POST"],
  readConfig,
  metrics: addMetrics,
  authenticate,
  connect,
  close: (reader) => reader.close(),
  parse: blockQuery,
  run: (query, { client }) => lastBlock(client, query),
});
