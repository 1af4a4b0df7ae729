import type { ComponentChildren } from "preact";

/** Named figures in a row: the description list of a view's head. */
export function Figures({
  figures,
}: {
  figures: readonly (readonly [name: string, value: ComponentChildren])[];
}) {
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
