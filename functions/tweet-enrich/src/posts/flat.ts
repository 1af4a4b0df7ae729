import { createdAtOf } from "../created-at.ts";
import { asId, asString } from "./json.ts";
import type { PostForm } from "./post-form.ts";

/**
 * A tweet in the flat form (`{text | msg, id, created_at, handle, user}`, where all but the text may be left out). A name
 * may begin with `twitter.`, as in our documents and NiFi's attributes, so that these can be sent again.
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
      // NiFi's AttributesToJSON writes an empty string for an attribute that is not there.
      createdAt: createdAtOf(createdAt === "" ? undefined : createdAt),
      handle: asString(field("handle")),
      user: asString(field("user")),
    };
  },
};
