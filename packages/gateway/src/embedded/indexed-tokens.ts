import { standardTokens } from "../console/documents/search/standard-tokens.ts";

/** ASCII's punctuation is moved here: FTS5's tokenizer "ascii" takes every character beyond ASCII as part of a token. */
const privateUse = 0xe000;

/** The tokens of a text with spaces between them, as the full-text index has them: FTS5 takes them apart at the spaces alone. */
export function indexedTokens(text: string): string {
  return standardTokens(text).map(encodeToken).join(" ");
}

function encodeToken(token: string): string {
  return token.replace(/[!-/:-@[-`{-~]/g, (sign) => String.fromCharCode(privateUse + sign.charCodeAt(0)));
}
