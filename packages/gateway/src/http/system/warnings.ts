import type { Response } from "express";

const mostInHeader = 10;
const longestReason = 400;

/**
 * Answers a change that is accepted. Warnings are in the body, in headers `Warning` and in the reason phrase: faas-cli
 * prints only that.
 */
export function sendAccepted(response: Response, status: 200 | 202, warnings: readonly string[]): void {
  response.status(status);
  if (warnings.length === 0) {
    response.end();
    return;
  }
  const sentences = warnings.map(toAscii);
  // faas-cli adds a full stop.
  response.statusMessage = `Accepted with warnings: ${sentences.join(" ")}`
    .slice(0, longestReason)
    .replace(/\.$/, "");
  response.set("warning", sentences.slice(0, mostInHeader).map(toHeader));
  response.json({ warnings });
}

function toHeader(sentence: string): string {
  return `299 - "${sentence.replace(/["\\]/g, String.raw`\$&`)}"`;
}

function toAscii(sentence: string): string {
  return sentence.replace(/[^\x20-\x7e]/g, "?");
}
