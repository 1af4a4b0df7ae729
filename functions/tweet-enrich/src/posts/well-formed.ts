const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Replaces lone surrogates, such as half of a truncated emoji, by U+FFFD. UTF-8 cannot encode them, so each client would
 * store something else. (`String.prototype.toWellFormed` needs Node.js 20.)
 */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogate, "\ufffd");
}
