import type { FunctionDefinition } from "../http/function-target.ts";
import { readScaleLabels } from "../http/scale-labels.ts";
import { withLocalPeers } from "./peers.ts";

/** The process of the template. template-host.ts replaces it; faas-cli sends it with every function. */
const templateProcess = "node index.js";

/** Annotations that need pods or an image, and why they have no effect. */
const unusedAnnotations: readonly [RegExp, string][] = [
  [/^image-pull-secrets$/, "npm start pulls no images"],
  [/^com\.openfaas\.(health|ready)\.http\./, "a process has no probes"],
];

/** Lists warnings about parts of a definition without effect on a process. Sentences are short, because faas-cli prints about 1,000 characters. */
export function deployWarnings(
  definition: FunctionDefinition,
  peers: Readonly<Record<string, string | undefined>>,
): string[] {
  const { limits, requests, constraints, readOnlyRootFilesystem, environment } = definition;
  const isSet = (value: object | undefined) => Object.keys(value ?? {}).length > 0;
  const { fprocess = templateProcess } = environment;
  const parts: readonly [isUnused: boolean | undefined, warning: string][] = [
    [isSet(limits), "The limits are not enforced on a process."],
    [isSet(requests), "The requests are not used for a process."],
    [isSet(constraints), "The constraints are not used: all functions run on this machine."],
    [readOnlyRootFilesystem, "The root file system of a process is not read-only."],
    [fprocess !== templateProcess, "fprocess is not used: the handler of the bundle runs."],
  ];
  return [
    ...parts.filter(([isUnused]) => isUnused).map(([, warning]) => warning),
    ...annotationWarnings(definition),
    ...scaleWarnings(definition),
    ...peerWarnings(environment, peers),
  ];
}

function annotationWarnings({ annotations }: FunctionDefinition): string[] {
  return unusedAnnotations.flatMap(([pattern, reason]) => {
    const names = Object.keys(annotations).filter((name) => pattern.test(name));
    if (names.length === 0) return [];
    const [subject, verb] = names.length === 1 ? ["annotation", "is"] : ["annotations", "are"];
    return [`The ${subject} ${names.join(", ")} ${verb} not used: ${reason}.`];
  });
}

function scaleWarnings({ labels }: FunctionDefinition): string[] {
  const { min } = readScaleLabels(labels);
  const isUnused = (name: string) => {
    if (name === "com.openfaas.scale.min") return min > 1;
    if (name === "com.openfaas.scale.max") return labels[name] !== "1";
    return /^com\.openfaas\.scale\.(type|target|factor)/.test(name);
  };
  const names = Object.keys(labels).filter(isUnused);
  if (names.length === 0) return [];
  return [
    `One process serves the function: npm start does not scale above 1, and ignores ${names.join(", ")}.`,
  ];
}

function peerWarnings(
  environment: FunctionDefinition["environment"],
  peers: Readonly<Record<string, string | undefined>>,
): string[] {
  const local = withLocalPeers(environment, peers);
  return Object.keys(environment)
    .filter((setting) => environment[setting] !== local[setting])
    .map((setting) =>
      local[setting] === undefined
        ? `The setting ${setting} is left out: npm start has no such service.`
        : `npm start sets ${setting} to its own service.`,
    );
}
