import { asObject } from "../posts/json.ts";
import type { Wrapper } from "./wrapper.ts";

/** An activity with a post or a new version of it. */
export const activity: Wrapper = {
  form: '`{type: "Create", object: {…}}`, also `Update`',
  source: "ActivityPub",
  open({ type, object }) {
    const post = asObject(object);
    // Servers also send updates of an author's profile.
    return type === "Create" || (type === "Update" && typeof post?.content === "string") ? post : undefined;
  },
};

/** An outbox, or a page of it. */
export const activityCollection: Wrapper = {
  form: "`{orderedItems: […]}`",
  source: "ActivityPub: an outbox, as in Mastodon's archive",
  open: ({ orderedItems }) => (Array.isArray(orderedItems) ? orderedItems : undefined),
};
