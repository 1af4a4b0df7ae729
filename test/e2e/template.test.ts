// needs: template
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describeContract } from "../conformance/contract.ts";
import { describeFuzz } from "../conformance/fuzz/describe-fuzz.ts";
import { describeTemplateAnswers } from "../conformance/template-answers.ts";
import { node18, root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

/** A copy of the template that is not ours: NODE18_TEMPLATE, or the one beside the repo in CI. */
const template = process.env.NODE18_TEMPLATE ?? join(root, "..", "shared", "openfaas", "template", "node18");

requireService("a node18 template (NODE18_TEMPLATE)", existsSync(join(template, "index.js")), () => {
  describe("the node18 contract on another copy of the template", () => {
    describeContract({ template, node: node18() });
    describeTemplateAnswers({ template, node: node18() });
    describeFuzz({ template, node: node18() });
  });
});
