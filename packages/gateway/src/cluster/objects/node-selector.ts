import { parseConstraint } from "../../http/constraint.ts";
import { NotDeployableError } from "../../http/errors.ts";

/**
 * Converts a function's constraints, each `KEY=VALUE` or `KEY == VALUE`, to a node selector.
 * @throws NotDeployableError (400) that names the constraint
 */
export function nodeSelector(constraints: readonly string[] = []): {
  nodeSelector?: Readonly<Record<string, string>>;
} {
  if (constraints.length === 0) return {};
  return { nodeSelector: Object.fromEntries(constraints.map(readConstraint)) };
}

function readConstraint(constraint: string): [string, string] {
  const label = parseConstraint(constraint);
  if (label !== undefined) return label;
  throw new NotDeployableError({
    reason: `The constraint "${constraint}" is invalid; it must be KEY=VALUE, a label of a node.`,
  });
}
