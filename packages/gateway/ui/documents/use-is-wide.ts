import { useEffect, useState } from "preact/hooks";

/** Whether the filters are beside the list. documents.css has the same breakpoint. */
export function useIsWide(): boolean {
  const [isWide, setWide] = useState(() => wide().matches);
  useEffect(() => {
    const query = wide();
    const listener = () => setWide(query.matches);
    query.addEventListener("change", listener);
    return () => query.removeEventListener("change", listener);
  }, []);
  return isWide;
}

function wide(): MediaQueryList {
  return matchMedia("(min-width: 64rem)");
}
