const loneSurrogate = /\p{Surrogate}/gu;

/**
 * A text in which half of a surrogate pair, as left by a cut amid an emoji, is U+FFFD. UTF-8 cannot write it, so each
 * client would store something else. (`String.prototype.toWellFormed` needs Node.js 20.)
 */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogate, "\ufffd");
}
