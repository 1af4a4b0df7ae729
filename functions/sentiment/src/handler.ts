import { authenticate } from "@platform/shared/auth/authenticate";
import { defineFunction } from "@platform/shared/function/define-function";
import { readConfig } from "./config.ts";
import { addMetrics } from "./metrics.ts";
import { parse } from "./parse.ts";
import { scoreTexts } from "./score-texts.ts";

export = defineFunction({
  name: "sentiment",
  methods: ["POST"],
  readConfig,
  metrics: addMetrics,
  authenticate,
  parse,
  run: (call, { metrics }) => scoreTexts(call, metrics),
});
