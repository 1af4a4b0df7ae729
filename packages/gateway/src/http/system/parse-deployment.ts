import { printable } from "@platform/shared/errors/printable";
import * as v from "valibot";
import { parseConstraint } from "../constraint.ts";
import type { FunctionDefinition } from "../function-target.ts";
import { stringRecord } from "../string-record.ts";
import { checkAnnotations, unusedAnnotations } from "./check-annotations.ts";
import { checkLabels, unusedLabels } from "./check-labels.ts";
import { checkResources } from "./check-resources.ts";
import { checkSize } from "./check-size.ts";
import { isImageReference } from "./image-reference.ts";
import { isEnvironmentName, isFunctionName, isSecretName } from "./kubernetes-names.ts";
import { bodyObject, optionalText, requiredText, textList, toProblems } from "./request-body.ts";
import { InvalidRequestError } from "./system-errors.ts";

/** The deployment in a request; its namespace is not checked. */
export interface ParsedDeployment {
  definition: FunctionDefinition;
  /** Parts of the request without effect, a sentence each. */
  warnings: readonly string[];
}

/** The limits of Linux for a process's arguments and environment, and of etcd for an object (1.5 MB). */
const maxVariableBytes = 100_000;
const maxEnvironmentBytes = 500_000;
const entries = {
  service: requiredText(
    isFunctionName,
    'must be 1 to 63 lower-case letters, digits and "-", start with a letter, and not end with "-"',
  ),
  image: requiredText(
    isImageReference,
    "must be the name of an image such as registry.example.com/me/app:1.0.0",
  ),
  namespace: optionalText(),
  envProcess: optionalText(isCommand, `must have at most ${maxVariableBytes} bytes, and no character NUL`),
  envVars: stringRecord(),
  constraints: textList(),
  secrets: textList(),
  labels: stringRecord(),
  annotations: stringRecord(),
  limits: stringRecord(),
  requests: stringRecord(),
  readOnlyRootFilesystem: v.nullish(v.boolean("must be true or false"), false),
};
const schema = bodyObject(entries);
type Body = v.InferOutput<typeof schema>;

/** Keys that OpenFaaS ignores, too. */
const deprecated = new Set(["registryAuth", "network"]);

/**
 * Reads the body of POST and PUT /system/functions.
 * @throws InvalidRequestError (400) with all problems
 */
export function parseDeployment(body: unknown): ParsedDeployment {
  const { typed, output, issues = [] } = v.safeParse(schema, body);
  const problems = toProblems(issues);
  if (typed) problems.push(...checkBody(output));
  if (!typed || problems.length > 0) throw new InvalidRequestError({ problems });
  return { definition: toDefinition(output), warnings: findWarnings(output) };
}

/** Checks beyond the schema. */
function checkBody(body: Body): string[] {
  return [
    ...Object.entries(body.envVars).flatMap(([name, value]) => checkVariable(name, value)),
    ...checkSize("envVars", body.envVars, maxEnvironmentBytes),
    ...body.constraints.flatMap(checkConstraint),
    ...body.secrets.flatMap(checkSecretName),
    ...checkLabels(body.labels),
    ...checkAnnotations(body.annotations),
    ...checkResources(body),
  ];
}

function toDefinition(body: Body): FunctionDefinition {
  const { envProcess } = body;
  return {
    name: body.service,
    image: body.image,
    environment: { ...body.envVars, ...(envProcess === "" ? {} : { fprocess: envProcess }) },
    labels: body.labels,
    annotations: body.annotations,
    secrets: [...new Set(body.secrets)],
    namespace: body.namespace || undefined,
    constraints: body.constraints,
    readOnlyRootFilesystem: body.readOnlyRootFilesystem,
    ...(isEmpty(body.requests) ? {} : { requests: withoutEmpty(body.requests) }),
    ...(isEmpty(body.limits) ? {} : { limits: withoutEmpty(body.limits) }),
  };
}

function findWarnings(body: Body): string[] {
  const { fprocess } = body.envVars;
  const ignored = Object.entries(body).filter(([key, value]) => deprecated.has(key) && value);
  const unknown = Object.keys(body).filter((key) => !Object.hasOwn(entries, key) && !deprecated.has(key));
  return [
    ...ignored.map(([key]) => `"${key}" is deprecated and has no effect.`),
    ...unknown.map((key) => `The key "${printable(key)}" is not known and has no effect.`),
    ...(body.envProcess !== "" && fprocess !== undefined && fprocess !== body.envProcess
      ? ['envProcess replaces the environment variable "fprocess".']
      : []),
    ...unusedLabels(body.labels),
    ...unusedAnnotations(body.annotations),
  ];
}

function checkVariable(name: string, value: string): string[] {
  if (!isEnvironmentName(name)) {
    return [
      `envVars: "${printable(name)}" must consist of letters, digits, "_", "-" and ".", and not start with a digit`,
    ];
  }
  if (!isWithoutNul(value)) {
    return [`envVars: the value of "${printable(name)}" must not contain the character NUL`];
  }
  const bytes = Buffer.byteLength(value);
  return bytes <= maxVariableBytes
    ? []
    : [
        `envVars: the value of "${printable(name)}" has ${bytes} bytes; at most ${maxVariableBytes} are allowed`,
      ];
}

function checkConstraint(text: string): string[] {
  if (parseConstraint(text) !== undefined) return [];
  return [`constraints: "${printable(text)}" must be the label of a node such as kubernetes.io/arch=amd64`];
}

function checkSecretName(name: string): string[] {
  return isSecretName(name) ? [] : [`secrets: "${printable(name)}" must be the name of a secret`];
}

function isWithoutNul(text: string): boolean {
  return !text.includes("\0");
}

function isCommand(text: string): boolean {
  return isWithoutNul(text) && Buffer.byteLength(text) <= maxVariableBytes;
}

function isEmpty(resources: Readonly<Record<string, string>>): boolean {
  return Object.values(resources).every((quantity) => quantity === "");
}

function withoutEmpty(resources: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(resources).filter(([, quantity]) => quantity !== ""));
}
