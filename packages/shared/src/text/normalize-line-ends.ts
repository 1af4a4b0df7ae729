/**
 * Replaces `\r\n` and lone `\r` by `\n`, as Python's standard input did for the original function. TextBlob splits sentences at
 * line ends, so every function does this before it scores.
 */
export function normalizeLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
