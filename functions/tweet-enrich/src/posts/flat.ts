import { createdAtOf } from "../created-at.ts";
import type { Tweet } from "../tweet.ts";
import { asId, asString, type JsonObject } from "./json.ts";

/**
 * A tweet in the flat form (`{text | msg, id, created_at, handle, user}`, where all but the text may be left out), or
 * undefined when the value is none. A name may begin with `twitter.`, as in our documents and NiFi's attributes, so that
 * these can be sent again.
 * @throws InvalidCreatedAtError (422).
 */
export function parseFlat(value: JsonObject): Tweet | undefined {
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
}
