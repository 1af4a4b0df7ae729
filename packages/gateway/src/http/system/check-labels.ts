import { printable } from "@platform/shared/errors/printable";
import { readScaleLabels } from "../scale-labels.ts";
import { checkSize } from "./check-size.ts";
import { isLabelValue, isQualifiedName } from "./kubernetes-names.ts";
import { listReadProblems } from "./request-body.ts";

/** Labels that the gateway sets. */
const reserved = new Set(["app", "faas_function", "app.kubernetes.io/managed-by"]);
/** Labels are on several objects, and etcd accepts 1.5 MB per request. */
const maxBytes = 100_000;
const scalePrefix = "com.openfaas.scale.";
const scaleLabels = new Set(["min", "max", "type", "target", "factor", "zero", "zero-duration"]);

/** Lists the problems of a function's labels, a clause each. */
export function checkLabels(labels: Readonly<Record<string, string>>): string[] {
  const problems = Object.entries(labels).flatMap(([key, value]) => checkLabel(key, value));
  problems.push(...listReadProblems(() => readScaleLabels(labels)));
  return [...problems, ...checkSize("labels", labels, maxBytes)];
}

/** Lists warnings about OpenFaaS labels without effect, a sentence each: unknown labels, and annotations among the labels. */
export function unusedLabels(labels: Readonly<Record<string, string>>): string[] {
  return Object.keys(labels)
    .filter((key) => key.startsWith("com.openfaas.") && !isScaleLabel(key))
    .map((key) => `The label "${printable(key)}" has no effect here.`);
}

function isScaleLabel(key: string): boolean {
  return key.startsWith(scalePrefix) && scaleLabels.has(key.slice(scalePrefix.length));
}

function checkLabel(key: string, value: string): string[] {
  if (!isQualifiedName(key))
    return [`labels: "${printable(key)}" must be a label key such as example.com/team`];
  if (reserved.has(key)) return [`labels: the gateway sets "${key}"; leave it out`];
  if (isLabelValue(value)) return [];
  return [
    `labels: the value of "${printable(key)}" is "${printable(value)}"; it must be at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends`,
  ];
}
