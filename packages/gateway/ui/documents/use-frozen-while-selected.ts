import { useRef } from "preact/hooks";

/** Freezes the displayed data while text of the list is selected, so that updates do not move it. */
export function useFrozenWhileSelected<T>(latest: T | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const shown = useRef<T | undefined>(undefined);
  if (latest === undefined || !hasSelection(list.current)) shown.current = latest;
  return { list, data: shown.current };
}

function hasSelection(element: HTMLElement | null): boolean {
  const selection = getSelection();
  return (
    element !== null && selection !== null && !selection.isCollapsed && selection.containsNode(element, true)
  );
}
