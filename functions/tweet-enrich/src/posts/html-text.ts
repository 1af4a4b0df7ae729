import { withinLimit } from "./text-limit.ts";

let convert: ((html: string) => string) | undefined;

/**
 * Converts the HTML of a post to the text that readers see; a link becomes its text, in which Mastodon has the whole address.
 * @throws TextTooLongError (422).
 */
export function htmlToText(html: string): string {
  convert ??= compileConverter();
  return convert(withinLimit(html));
}

/** Loaded at the first HTML post, because loading takes 15 ms, longer than the rest of a cold start. */
function compileConverter(): (html: string) => string {
  const { compile } = require("html-to-text") as typeof import("html-to-text");
  return compile({
    wordwrap: false,
    // The converter is recursive; some thousand nested elements would overflow the stack.
    limits: { maxDepth: 100, ellipsis: "" },
    selectors: [
      { selector: "a", options: { ignoreHref: true } },
      { selector: "img", format: "skip" },
    ],
  });
}
