import { standardTokens } from "../console/documents/search/standard-tokens.ts";

/** The offset of moved ASCII punctuation: FTS5's tokenizer "ascii" treats every character beyond ASCII as part of a token. */
const privateUse = 0xe000;

/** Joins the tokens of a text with spaces for the full-text index, so that FTS5 splits them at the spaces only. */
export function indexedTokens(text: string): string {
  return standardTokens(text).map(encodeToken).join(" ");
}

function encodeToken(token: string): string {
  return token.replace(/[!-/:-@[-`{-~]/g, (sign) => String.fromCharCode(privateUse + sign.charCodeAt(0)));
}
