import { parseDocument } from "yaml";

const header = ` The functions of stack.yml behind an HMAC: npm run up -- -f stack.auth.yml
 Rendered from stack.yml by \`npm run manifests\`; change stack.yml. The secret must exist before:
 faas-cli secret create hmac-key --from-file .secrets/hmac-key`;

/** The stack file whose functions all require a signature with the secret `hmac-key`, from the text of stack.yml. */
export function authStack(stack: string): string {
  const document = parseDocument(stack);
  document.commentBefore = header;
  document.setIn(["x-function", "secrets"], ["hmac-key"]);
  document.setIn(["x-environment", "HMAC_SECRET_NAME"], "hmac-key");
  document.setIn(["x-environment", "HMAC_ALLOW_SHA1"], "$" + "{HMAC_ALLOW_SHA1:-false}");
  return document.toString({ lineWidth: 0 });
}
