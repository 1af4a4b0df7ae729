/**
 * The text with `\r\n` and lone `\r` as `\n`: what Python's standard input did to a text before the original
 * function saw it. TextBlob splits sentences by it, so every function does this before it scores.
 */
export function normalizeLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
