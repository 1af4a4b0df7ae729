import { asObject, isObject, type JsonObject } from "../posts/json.ts";
import type { Wrapper } from "./wrapper.ts";

/** A post with its parents and replies; unavailable posts are omitted. */
export const blueskyThread: Wrapper = {
  form: "`{thread: {post, parent, replies}}`",
  source: "Bluesky: `getPostThread`",
  open({ thread }) {
    const root = asObject(thread);
    return root && collectPosts(root);
  },
};

/** Iterative, because the nesting of the input is unlimited. */
function collectPosts(root: JsonObject): JsonObject[] {
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
