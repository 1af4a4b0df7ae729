import { asObject, isObject, type JsonObject } from "../posts/json.ts";
import type { Wrapper } from "./wrapper.ts";

/** A post with the posts that it answers and those that answer it; posts that are not to be had are left out. */
export const blueskyThread: Wrapper = {
  form: "`{thread: {post, parent, replies}}`",
  source: "Bluesky: `getPostThread`",
  open({ thread }) {
    const root = asObject(thread);
    return root && postsOf(root);
  },
};

/** Without recursion, because a sender may nest as deep as it likes. */
function postsOf(root: JsonObject): JsonObject[] {
  const posts: JsonObject[] = [];
  const nodes = [root];
  for (const { post, parent, replies } of nodes) {
    if (isObject(post)) posts.push(post);
    for (const next of [parent, ...(Array.isArray(replies) ? replies : [])]) {
      if (isObject(next)) nodes.push(next);
    }
  }
  return posts;
}
