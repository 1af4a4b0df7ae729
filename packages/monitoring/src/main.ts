import { writeRendered } from "@platform/cli/rendered-files";
import { renderPrometheusRule } from "./prometheus-rule.ts";
import { renderBoards } from "./rendered-files.ts";

writeRendered("npm run manifests", (root) => [...renderBoards(), renderPrometheusRule(root)]);
