import { printable } from "@platform/shared/errors/printable";
import { readMaxInflight } from "../max-inflight.ts";
import { isProbeAnnotation, readProbeAnnotations } from "../probe-annotations.ts";
import { isScheduled, readSchedule } from "../schedule.ts";
import { checkSize } from "./check-size.ts";
import { isQualifiedName, isSecretName } from "./kubernetes-names.ts";
import { listReadProblems } from "./request-body.ts";

/** Kubernetes accepts 256 KiB of annotations. */
const maxBytes = 200_000;
const isSecretList = (value: string) => value.split(",").every((name) => isSecretName(name.trim()));

/** The annotations with a meaning: the check of a value, and its description. */
const rules: Readonly<Record<string, readonly [isValid: (value: string) => boolean, mustBe: string]>> = {
  "image-pull-secrets": [isSecretList, "names of secrets, separated by commas"],
  "com.openfaas.profile": [() => false, "left out: this gateway has no profiles"],
};

/** Lists the problems of a function's annotations, a clause each. */
export function checkAnnotations(annotations: Readonly<Record<string, string>>): string[] {
  const problems = Object.entries(annotations).flatMap(([key, value]) => checkAnnotation(key, value));
  for (const read of [readMaxInflight, readProbeAnnotations, readSchedule])
    problems.push(...listReadProblems(() => read(annotations)));
  return [...problems, ...checkSize("annotations", annotations, maxBytes)];
}

/** Lists warnings about OpenFaaS annotations without effect, a sentence each. */
export function unusedAnnotations(annotations: Readonly<Record<string, string>>): string[] {
  const unused = Object.keys(annotations)
    .filter((key) => key.startsWith("com.openfaas.") && !Object.hasOwn(rules, key) && !isProbeAnnotation(key))
    .map((key) => `The annotation "${printable(key)}" has no effect here.`);
  if (annotations.schedule === undefined || isScheduled(annotations)) return unused;
  return [...unused, 'The annotation "schedule" has no effect without the annotation topic: cron-function.'];
}

function checkAnnotation(key: string, value: string): string[] {
  if (!isQualifiedName(key)) {
    return [`annotations: "${printable(key)}" must be an annotation key such as example.com/owner`];
  }
  const [isValid, mustBe] = (Object.hasOwn(rules, key) && rules[key]) || [() => true];
  return isValid(value) ? [] : [`annotations: "${key}" is "${printable(value)}"; it must be ${mustBe}`];
}
