import { createdAtOf } from "../created-at.ts";
import { textOfHtml } from "./html-text.ts";
import { asObject, asString } from "./json.ts";
import type { PostForm } from "./post-form.ts";
import { versionOf } from "./version.ts";

/**
 * A Mastodon status. Its id is its URI: the number in `id` is another one on each server. A boost without a text of its
 * own tells of the status in `reblog`, under its own URI.
 */
export const mastodon: PostForm = {
  form: "Mastodon: a status; its HTML becomes text; a boost without a text is read from `reblog`",
  id: "`uri`, else `url`",
  date: "`created_at`",
  author: "`acct`, `display_name`",
  version: "`edited_at`",
  parse(value) {
    const status = (value.content === "" ? asObject(value.reblog) : undefined) ?? value;
    const account = asObject(status.account);
    if (account === undefined || typeof status.content !== "string") return undefined;
    const createdAt = createdAtOf(status.created_at);
    return {
      id: asString(value.uri) ?? asString(value.url),
      text: textOfHtml(status.content),
      createdAt,
      version: versionOf(createdAt, createdAtOf(status.edited_at)),
      handle: asString(account.acct) ?? asString(account.username),
      user: asString(account.display_name),
    };
  },
};
