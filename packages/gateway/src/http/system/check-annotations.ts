import { parseDuration } from "@platform/shared/config/duration";
import { printable } from "@platform/shared/errors/printable";
import { NotDeployableError } from "../errors.ts";
import { readSchedule } from "../schedule.ts";
import { isQualifiedName, isSecretName } from "./kubernetes-names.ts";

/** Kubernetes takes 256 KiB of annotations. */
const mostBytes = 200_000;
const longestDelayMs = 3_600_000;
const isCount = (value: string) => /^[1-9]\d{0,5}$/.test(value);
const isSecretList = (value: string) => value.split(",").every((name) => isSecretName(name.trim()));
const isPath = (value: string) => /^\/[!-~]*$/.test(value);
const isDelay = (value: string) => (parseDuration(value) ?? Number.NaN) <= longestDelayMs;

/** The annotations with a meaning: the check of a value, and its description. */
const rules: Readonly<Record<string, readonly [isValid: (value: string) => boolean, mustBe: string]>> = {
  "max-inflight": [isCount, "a whole number from 1 to 999999"],
  "image-pull-secrets": [isSecretList, "names of secrets, separated by commas"],
  "com.openfaas.profile": [() => false, "left out: this gateway has no profiles"],
  ...Object.fromEntries(
    ["com.openfaas.health.http", "com.openfaas.ready.http"].flatMap((prefix) => [
      [`${prefix}.path`, [isPath, "a path that begins with /"] as const],
      [`${prefix}.initialDelay`, [isDelay, "a duration such as 30s, at most 1h"] as const],
      [`${prefix}.periodSeconds`, [isCount, "a whole number of seconds"] as const],
    ]),
  ),
};

/** The problems of a function's annotations, a clause each. */
export function checkAnnotations(annotations: Readonly<Record<string, string>>): string[] {
  const problems = Object.entries(annotations).flatMap(([key, value]) => checkAnnotation(key, value));
  problems.push(...checkSchedule(annotations));
  if (Buffer.byteLength(JSON.stringify(annotations)) > mostBytes)
    problems.push(`annotations must have at most ${mostBytes} bytes in total`);
  return problems;
}

/** Warnings of OpenFaaS's annotations without effect, a sentence each. */
export function unusedAnnotations(annotations: Readonly<Record<string, string>>): string[] {
  return Object.keys(annotations)
    .filter((key) => key.startsWith("com.openfaas.") && !Object.hasOwn(rules, key))
    .map((key) => `The annotation "${printable(key)}" has no effect here.`);
}

function checkSchedule(annotations: Readonly<Record<string, string>>): string[] {
  try {
    readSchedule(annotations);
    return [];
  } catch (error) {
    if (!(error instanceof NotDeployableError)) throw error;
    return [error.message.replace(/\.$/, "")];
  }
}

function checkAnnotation(key: string, value: string): string[] {
  if (!isQualifiedName(key)) {
    return [`annotations: "${printable(key)}" must be an annotation key such as example.com/owner`];
  }
  const [isValid, mustBe] = (Object.hasOwn(rules, key) && rules[key]) || [() => true];
  return isValid(value) ? [] : [`annotations: "${key}" is "${printable(value)}"; it must be ${mustBe}`];
}
