import type { ViewName } from "./view-name.ts";

/** The paths of 24 × 24 line icons. */
const paths: Readonly<Record<ViewName, string>> = {
  "": "M3 7h5v5H3zM16 4h5v5h-5zM16 15h5v5h-5zM8 9.5h4m0 0V6.5h4m-4 3v8h4",
  documents: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  topics: "M4 6h16M4 12h10M4 18h16M18 10l2.5 2-2.5 2",
  functions: "M6 4h3l8 16h2M11.5 10 6 20",
  ethereum: "M12 2.5 5.5 13 12 16.5 18.5 13zM5.5 15.5 12 21.5l6.5-6",
  health: "M3 12h4l2.5-7 4.5 14 2.5-7H21",
};

/** The decorative icon of a view, next to its name. */
export function ViewIcon({ name }: { name: ViewName }) {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" class="icon">
      <path d={paths[name]} />
    </svg>
  );
}
