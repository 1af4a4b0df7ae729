import { parseOptionalCreatedAt } from "../created-at.ts";
import { asId, asString } from "./json.ts";
import type { PostForm } from "./post-form.ts";

/**
 * A tweet in the flat form (`{text | msg, id, created_at, handle, user}`; only the text is required). A name may begin with
 * `twitter.`, so this function's documents and NiFi's attributes can be sent again.
 */
export const flat: PostForm = {
  form: 'flat: `{"text": …}` or `{"msg": …}`, the rest optional; names may begin with `twitter.`',
  id: "`id`",
  date: "`created_at`",
  author: "`handle`, `user`",
  version: "",
  parse(value) {
    const field = (name: string) => value[`twitter.${name}`] ?? value[name];
    const text = field("text") ?? field("msg");
    if (typeof text !== "string") return undefined;
    const createdAt = field("created_at");
    return {
      id: asId(field("id")),
      text,
      // NiFi's AttributesToJSON writes an empty string for a missing attribute.
      createdAt: parseOptionalCreatedAt(createdAt === "" ? undefined : createdAt),
      handle: asString(field("handle")),
      user: asString(field("user")),
    };
  },
};
