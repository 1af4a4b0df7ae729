import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ScoredPost } from "../../src/console/live/view.ts";

/** Returns a key, so that a post's row keeps its element across updates. */
export function postKey({ index, id }: ScoredPost): string {
  return `${index}/${id}`;
}

/**
 * Chooses the posts to show: the latest ones, or the previous ones while the list is held.
 * @returns the posts, and the number of waiting ones
 */
export function useHeldPosts(
  posts: readonly ScoredPost[],
  isHeld: boolean,
): { shown: readonly ScoredPost[]; waiting: number } {
  const last = useRef(posts);
  if (!isHeld) last.current = posts;
  const keys = new Set(last.current.map(postKey));
  return { shown: last.current, waiting: posts.filter((post) => !keys.has(postKey(post))).length };
}

/** Whether text inside an element is selected. */
export function useHasSelection(container: RefObject<HTMLElement | null>): boolean {
  const [isSelected, setSelected] = useState(false);
  useEffect(() => {
    const listener = () => {
      const selection = getSelection();
      const isWithin =
        selection !== null && !selection.isCollapsed && container.current?.contains(selection.anchorNode);
      setSelected(isWithin === true);
    };
    document.addEventListener("selectionchange", listener);
    return () => document.removeEventListener("selectionchange", listener);
  }, []);
  return isSelected;
}
