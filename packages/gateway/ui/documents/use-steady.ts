import { useRef } from "preact/hooks";

/** Keeps the shown data while text of the list is selected, so that an update does not move what is being read or copied. */
export function useSteady<T>(latest: T | undefined) {
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
