import type { Response } from "express";

const maxInHeader = 10;
const longestReason = 1_000;

/**
 * Answers an accepted change. Warnings are in the body, in `Warning` headers, and in the reason phrase, the only one that
 * faas-cli prints.
 */
export function sendAccepted(response: Response, status: 200 | 202, warnings: readonly string[]): void {
  response.status(status);
  if (warnings.length === 0) {
    response.end();
    return;
  }
  const sentences = warnings.map(toAscii);
  // faas-cli adds a full stop.
  response.statusMessage = toReason(sentences).replace(/\.$/, "");
  response.set("warning", sentences.slice(0, maxInHeader).map(toHeader));
  response.json({ warnings });
}

/** Joins as many complete sentences as fit into a reason phrase, and the number of the others. */
function toReason(sentences: readonly string[]): string {
  let reason = "Accepted with warnings:";
  for (const [index, sentence] of sentences.entries()) {
    const further = `(${sentences.length - index} more in the body)`;
    if (reason.length + sentence.length + further.length + 2 > longestReason) return `${reason} ${further}`;
    reason += ` ${sentence}`;
  }
  return reason;
}

function toHeader(sentence: string): string {
  return `299 - "${sentence.replace(/["\\]/g, String.raw`\$&`)}"`;
}

function toAscii(sentence: string): string {
  return sentence.replace(/[^\x20-\x7e]/g, "?");
}
