import { activityPub } from "./activitypub.ts";
import { bluesky } from "./bluesky.ts";
import { flat } from "./flat.ts";
import { mastodon } from "./mastodon.ts";
import type { PostForm } from "./post-form.ts";
import { twitter } from "./twitter.ts";

/** The forms of posts; the first matching form reads a value. */
export const postForms: readonly PostForm[] = [bluesky, mastodon, activityPub, twitter, flat];
