import { createdAtOf } from "../created-at.ts";
import { textOfHtml } from "./html-text.ts";
import { asString } from "./json.ts";
import type { PostForm } from "./post-form.ts";
import { versionOf } from "./version.ts";

const types: readonly unknown[] = ["Note", "Article", "Page", "Question"];

/** A post as the servers of the Fediverse exchange it. Its id is the `uri` that Mastodon's API gives the same post. */
export const activityPub: PostForm = {
  form: "ActivityPub: a `Note`, `Article`, `Page` or `Question`; its HTML becomes text",
  id: "`id`, else `url`",
  date: "`published`",
  author: "`attributedTo`, an address",
  version: "`updated`",
  parse(value) {
    if (!types.includes(value.type) || typeof value.content !== "string") return undefined;
    const createdAt = createdAtOf(value.published);
    return {
      id: asString(value.id) ?? asString(value.url),
      text: textOfHtml(value.content),
      createdAt,
      version: versionOf(createdAt, createdAtOf(value.updated)),
      handle: asString(value.attributedTo),
      user: undefined,
    };
  },
};
