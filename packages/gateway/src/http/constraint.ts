import { isLabelValue, isQualifiedName } from "./system/kubernetes-names.ts";

/** Reads a constraint, `KEY=VALUE` or `KEY == VALUE`: the label of a node. Undefined when it is none. */
export function parseConstraint(text: string): [key: string, value: string] | undefined {
  const [key = "", value, ...rest] = text.split(/={1,2}/).map((part) => part.trim());
  if (!isQualifiedName(key) || value === undefined || !isLabelValue(value) || rest.length > 0)
    return undefined;
  return [key, value];
}
