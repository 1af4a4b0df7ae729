import { printable } from "@platform/shared/errors/printable";
import { NotDeployableError } from "../errors.ts";
import { readScaleLabels } from "../scale-labels.ts";
import { isLabelValue, isQualifiedName } from "./kubernetes-names.ts";

/** Labels that the gateway sets. */
const reserved = new Set(["app", "faas_function", "app.kubernetes.io/managed-by"]);
const scalePrefix = "com.openfaas.scale.";
const scaleLabels = new Set(["min", "max", "type", "target", "factor", "zero", "zero-duration"]);

/** The problems of a function's labels, a clause each. */
export function checkLabels(labels: Readonly<Record<string, string>>): string[] {
  const problems = Object.entries(labels).flatMap(([key, value]) => checkLabel(key, value));
  try {
    readScaleLabels(labels);
  } catch (error) {
    if (!(error instanceof NotDeployableError)) throw error;
    problems.push(error.message.replace(/\.$/, ""));
  }
  return problems;
}

/** Warnings of labels of scaling without effect, a sentence each. */
export function unusedLabels(labels: Readonly<Record<string, string>>): string[] {
  return Object.keys(labels)
    .filter((key) => key.startsWith(scalePrefix) && !scaleLabels.has(key.slice(scalePrefix.length)))
    .map((key) => `The label "${printable(key)}" has no effect here.`);
}

function checkLabel(key: string, value: string): string[] {
  if (!isQualifiedName(key))
    return [`labels: "${printable(key)}" must be a label key such as example.com/team`];
  if (reserved.has(key)) return [`labels: the gateway sets "${key}"; leave it out`];
  if (isLabelValue(value)) return [];
  return [`labels: the value of "${printable(key)}" must be at most 63 letters, digits, "-", "_" and "."`];
}
