import { useLive } from "../shell/live-events.ts";

/** Names the embedded parts and says whether the posts are invented. */
export function OriginNotice() {
  const about = useLive("about");
  const embedded = (useLive("health") ?? []).filter(({ kind }) => kind === "embedded");
  if (embedded.length === 0) return null;
  return (
    <p class="notice overview-origin">
      Embedded: {embedded.map(({ name }) => name).join(" and ")}
      {about?.postSource === "Invented posts" && "; the posts are invented, their scores are real"}.
    </p>
  );
}
