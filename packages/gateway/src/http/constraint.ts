import { isLabelValue, isQualifiedName } from "./system/kubernetes-names.ts";

/** Parses a constraint on node labels, `KEY=VALUE` or `KEY == VALUE`; undefined when it is invalid. */
export function parseConstraint(text: string): [key: string, value: string] | undefined {
  const [key = "", value, ...rest] = text.split(/={1,2}/).map((part) => part.trim());
  if (!isQualifiedName(key) || value === undefined || !isLabelValue(value) || rest.length > 0)
    return undefined;
  return [key, value];
}
