import { parseOptionalCreatedAt } from "../created-at.ts";
import { htmlToText } from "./html-text.ts";
import { asObject, asString } from "./json.ts";
import type { PostForm } from "./post-form.ts";
import { toVersion } from "./version.ts";

/**
 * A Mastodon status. Its id is its URI, because the number in `id` differs between servers. A boost without its own text has
 * the text of the status in `reblog`, and its own URI.
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
    const createdAt = parseOptionalCreatedAt(status.created_at);
    return {
      id: asString(value.uri) ?? asString(value.url),
      text: htmlToText(status.content),
      createdAt,
      version: toVersion(createdAt, parseOptionalCreatedAt(status.edited_at)),
      handle: asString(account.acct) ?? asString(account.username),
      user: asString(account.display_name),
    };
  },
};
