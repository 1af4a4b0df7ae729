import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** A card with a heading, and `tools` to the right of it. */
export function Panel({
  title,
  tools,
  wide = false,
  children,
}: {
  title: string;
  tools?: ComponentChildren;
  /** Spans all columns of the view's grid. */
  wide?: boolean;
  children: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class={wide ? "panel wide" : "panel"} aria-labelledby={id}>
      <div class="head">
        <h2 id={id}>{title}</h2>
        {tools}
      </div>
      {children}
    </section>
  );
}
