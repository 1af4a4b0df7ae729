import { useRef, useState } from "preact/hooks";
import type { ScoredPost } from "../../src/console/live/view.ts";
import { countedText, polarityText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";
import { postKey, useHasSelection, useHeldPosts } from "./use-held-posts.ts";

/** Maximum posts; the view Documents lists all. */
const shownPosts = 12;

/** The newest scored posts. The list does not change while it is paused or its text is selected. */
export function NewestPosts() {
  const sentiment = useLive("sentiment");
  const list = useRef<HTMLUListElement>(null);
  const [isPaused, setPaused] = useState(false);
  const isSelected = useHasSelection(list);
  const { shown, waiting } = useHeldPosts(sentiment?.day.newest ?? [], isPaused || isSelected);
  if (shown.length === 0) return null;
  return (
    <Panel
      title="Newest posts"
      wide
      tools={
        <div class="overview-tools">
          <span class="quiet" role="status">
            {waiting > 0 &&
              `${countedText(waiting, "new post")}${isPaused ? "" : "; the list waits while text is selected"}`}
          </span>
          <button type="button" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
            {isPaused ? "Resume" : "Pause"}
          </button>
        </div>
      }
    >
      <ul class="overview-posts" ref={list}>
        {shown.slice(0, shownPosts).map((post) => (
          <Post key={postKey(post)} post={post} />
        ))}
      </ul>
    </Panel>
  );
}

function Post({ post: { index, id, text, handle, user, polarity, time } }: { post: ScoredPost }) {
  const mood = polarity > 0 ? "good" : polarity < 0 ? "bad" : "even";
  const word = { good: "positive", bad: "negative", even: "neutral" }[mood];
  const author = user ?? handle ?? "unknown author";
  return (
    <li>
      <span class={`overview-polarity ${mood}`}>
        <span class="unseen">{word} </span>
        {polarityText(polarity)}
      </span>
      <span class="overview-text">{text}</span>
      <span class="overview-author quiet">
        {handle === null ? (
          author
        ) : (
          <a href={viewUrl(["documents"], { author: handle })}>
            {author}
            {handle !== author && ` @${handle}`}
          </a>
        )}{" "}
        ·{" "}
        <a href={viewUrl(["documents", index, id])}>
          <RelativeTime time={time} />
        </a>
      </span>
    </li>
  );
}
