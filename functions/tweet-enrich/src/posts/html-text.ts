import { withinLimit } from "./text-limit.ts";

let convert: ((html: string) => string) | undefined;

/**
 * The text of a post's HTML as its reader sees it; a link is its address.
 * @throws TextTooLongError (422).
 */
export function textOfHtml(html: string): string {
  convert ??= compileConverter();
  return convert(withinLimit(html));
}

/** Loaded by the first post: it takes 15 ms, longer than all else in a cold start that may never see one. */
function compileConverter(): (html: string) => string {
  const { compile } = require("html-to-text") as typeof import("html-to-text");
  return compile({
    wordwrap: false,
    // It descends by recursion, which some thousand nested elements would let run out of stack.
    limits: { maxDepth: 100, ellipsis: "" },
    selectors: [
      { selector: "a", options: { ignoreHref: true } },
      { selector: "img", format: "skip" },
    ],
  });
}
