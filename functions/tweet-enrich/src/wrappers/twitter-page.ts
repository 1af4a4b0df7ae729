import { asObject, type JsonObject } from "../posts/json.ts";
import { retweetedId } from "../posts/twitter.ts";
import type { Wrapper } from "./wrapper.ts";

/** A page of v2 tweets. An empty page has no `data`, only `{"meta":{"result_count":0}}`. */
export const twitterPage: Wrapper = {
  form: "`{data: […], includes}`",
  source: "Twitter's API v2; an empty result has only `meta`",
  open(value) {
    if (Array.isArray(value.data)) return splitPage(value.data, value.includes);
    const isEmpty = value.data === undefined && typeof asObject(value.meta)?.result_count === "number";
    return isEmpty ? [] : undefined;
  },
};

/** Splits a page into single tweets: `{data, includes}`, each with only its own author and original tweet. */
function splitPage(items: readonly unknown[], includes: unknown): JsonObject[] {
  const users = byId(asObject(includes)?.users);
  const tweets = byId(asObject(includes)?.tweets);
  return items.map((item) => {
    const tweet = asObject(item);
    return {
      data: item,
      includes: { users: [users.get(tweet?.author_id)], tweets: [tweets.get(retweetedId(tweet))] },
    };
  });
}

function byId(list: unknown): Map<unknown, JsonObject> {
  const objects = Array.isArray(list) ? list.map(asObject) : [];
  return new Map(objects.flatMap((object) => (object?.id === undefined ? [] : [[object.id, object]])));
}
