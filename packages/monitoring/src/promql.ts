import { parser } from "@prometheus-io/lezer-promql";

/** An expression that is not valid PromQL. */
export class PromqlError extends Error {
  override readonly name = "PromqlError";

  constructor(expression: string, position: number) {
    super(`PromQL: unexpected "${expression.slice(position, position + 20)}" in ${expression}`);
  }
}

/**
 * Returns the sorted names of the metrics in an expression.
 * @throws PromqlError when it cannot be parsed
 */
export function metricNames(expression: string): string[] {
  const names = new Set<string>();
  parser.parse(expression).iterate({
    enter({ node, type, from }) {
      if (type.isError) throw new PromqlError(expression, from);
      if (type.name !== "VectorSelector") return;
      const name = node.getChild("Identifier");
      if (name === null) throw new PromqlError(expression, from);
      names.add(expression.slice(name.from, name.to));
    },
  });
  return [...names].sort();
}
