import { authenticate } from "@platform/shared/auth/authenticate";
import { defineFunction } from "@platform/shared/function/define-function";
import { readConfig } from "./config.ts";
import { parse } from "./parse.ts";
import { score } from "./score.ts";

export = defineFunction({
  name: "sentiment",
  methods: ["POST"],
  readConfig,
  authenticate,
  parse,
  run: ({ texts, engine, sentences }) => texts.map((text) => score(text, { engine, sentences })),
});
