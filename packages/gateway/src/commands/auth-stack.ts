import { parseDocument } from "yaml";

const header = ` The functions of stack.yml behind an HMAC or a bearer token: npm run up -- -f stack.auth.yml
 Rendered from stack.yml by \`npm run manifests\`; change stack.yml. The secrets must exist before:
 faas-cli secret create hmac-key --from-file .secrets/hmac-key
 faas-cli secret create function-token --from-file .secrets/function-token`;

/**
 * Renders stack.auth.yml from stack.yml: all functions require a signature with the secret `hmac-key` or the bearer
 * token `function-token`.
 */
export function authStack(stack: string): string {
  const document = parseDocument(stack);
  document.commentBefore = header;
  document.setIn(["x-function", "secrets"], ["hmac-key", "function-token"]);
  document.setIn(["x-environment", "HMAC_SECRET_NAME"], "hmac-key");
  document.setIn(["x-environment", "BEARER_SECRET_NAME"], "function-token");
  document.setIn(["x-environment", "HMAC_ALLOW_SHA1"], "$" + "{HMAC_ALLOW_SHA1:-false}");
  return document.toString({ lineWidth: 0 });
}
