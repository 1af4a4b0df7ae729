import { parseOptionalCreatedAt } from "../created-at.ts";
import { htmlToText } from "./html-text.ts";
import { asString } from "./json.ts";
import type { PostForm } from "./post-form.ts";
import { toVersion } from "./version.ts";

const types: readonly unknown[] = ["Note", "Article", "Page", "Question"];

/** A post in the format that Fediverse servers exchange. Its id equals the `uri` of the post in Mastodon's API. */
export const activityPub: PostForm = {
  form: "ActivityPub: a `Note`, `Article`, `Page` or `Question`; its HTML becomes text",
  id: "`id`, else `url`",
  date: "`published`",
  author: "`attributedTo`, an address",
  version: "`updated`",
  parse(value) {
    if (!types.includes(value.type) || typeof value.content !== "string") return undefined;
    const createdAt = parseOptionalCreatedAt(value.published);
    return {
      id: asString(value.id) ?? asString(value.url),
      text: htmlToText(value.content),
      createdAt,
      version: toVersion(createdAt, parseOptionalCreatedAt(value.updated)),
      handle: asString(value.attributedTo),
      user: undefined,
    };
  },
};
