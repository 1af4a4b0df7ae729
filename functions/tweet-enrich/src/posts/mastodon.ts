import { createdAtOf } from "../created-at.ts";
import type { Tweet } from "../tweet.ts";
import { asObject, asString, type JsonObject } from "./json.ts";
import { withinLimit } from "./text-limit.ts";

/**
 * A Mastodon status (`{uri, content, account}`), or undefined when the value is none. Its id is its URI: the number in
 * `id` is another one on each server. The text is its HTML as a reader sees it; a link is its address. A boost without a
 * text of its own tells of the status in `reblog`, under its own URI.
 * @throws TextTooLongError, InvalidCreatedAtError (422).
 */
export function parseMastodon(value: JsonObject): Tweet | undefined {
  const status = (value.content === "" ? asObject(value.reblog) : undefined) ?? value;
  const account = asObject(status.account);
  if (account === undefined || typeof status.content !== "string") return undefined;
  return {
    id: asString(value.uri) ?? asString(value.url),
    text: textOf(status.content),
    createdAt: createdAtOf(status.created_at),
    handle: asString(account.acct) ?? asString(account.username),
    user: asString(account.display_name),
  };
}

let convert: ((html: string) => string) | undefined;

function textOf(html: string): string {
  convert ??= compileConverter();
  return convert(withinLimit(html));
}

/** Loaded by the first status: it takes 15 ms, longer than all else in a cold start that may never see one. */
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
