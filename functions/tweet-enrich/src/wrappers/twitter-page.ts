import { asObject, type JsonObject } from "../posts/json.ts";
import { retweetedId } from "../posts/twitter.ts";
import type { Wrapper } from "./wrapper.ts";

/** A page of v2 tweets. Without a result it has no `data`, only `{"meta":{"result_count":0}}`. */
export const twitterPage: Wrapper = {
  form: "`{data: […], includes}`",
  source: "Twitter's API v2; without a result only `meta`",
  open(value) {
    if (Array.isArray(value.data)) return tweetsOfPage(value.data, value.includes);
    const isEmpty = value.data === undefined && typeof asObject(value.meta)?.result_count === "number";
    return isEmpty ? [] : undefined;
  },
};

/** The page's tweets as if each had come alone: `{data, includes}` with no author and retweeted tweet but its own. */
function tweetsOfPage(data: readonly unknown[], includes: unknown): JsonObject[] {
  const users = byId(asObject(includes)?.users);
  const tweets = byId(asObject(includes)?.tweets);
  return data.map((item) => {
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
