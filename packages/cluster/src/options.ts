import { defineCommand, UsageError } from "@platform/cli/command";
import { parseDuration } from "@platform/shared/config/duration";
import { settingsSection } from "@platform/shared/config/setting-rows";
import { clusterSettings } from "./config.ts";

const actions = ["up", "down", "status"] as const;
export type Action = (typeof actions)[number];

/** The programs that create a cluster on this machine, in order of preference. */
export const toolNames = ["kind", "k3d", "minikube"] as const;
export type ToolName = (typeof toolNames)[number];

/** The command and options of `npm run cluster`. */
export interface ClusterOptions {
  action: Action;
  context?: string;
  tool?: ToolName;
  /** A name below deploy/overlays, or a folder. */
  overlay: string;
  /** Values of the label `app`; objects with them are left out. */
  without: readonly string[];
  secrets: string;
  timeoutMs: number;
  images: boolean;
  /** Whether `up` waits until everything is ready. */
  wait: boolean;
  forward: boolean;
  force: boolean;
  yes: boolean;
}

/** The command `npm run cluster`. */
export const clusterCommand = defineCommand({
  name: "npm run cluster",
  summary: "Runs the whole platform in a Kubernetes cluster on this machine, or in an existing cluster.",
  operands: "up | status | down",
  options: {
    context: {
      type: "string",
      value: "NAME",
      description: "an existing cluster, by its context in the kubeconfig",
      fallback: "a new cluster",
    },
    tool: {
      type: "string",
      value: "NAME",
      description: "program that creates the cluster: kind, k3d or minikube",
      fallback: "the first installed one",
    },
    overlay: {
      type: "string",
      value: "NAME",
      description:
        "up: manifests of deploy/overlays/NAME, such as provider or proof-of-stake, or a folder with ./",
      fallback: "local",
    },
    without: {
      type: "string",
      value: "APP",
      multiple: true,
      description: "up: leave out the objects with the label app=APP, such as nifi; may be repeated",
    },
    secrets: {
      type: "string",
      value: "DIR",
      description: "up: folder of npm run secrets; missing files are created",
      fallback: ".secrets",
    },
    timeout: {
      type: "string",
      value: "DURATION",
      description: "up: time limit for everything to become ready",
      fallback: "15m",
    },
    "no-images": {
      type: "boolean",
      description: "up: do not build or load images; the cluster has them or pulls them",
    },
    "no-forward": { type: "boolean", description: "up: exit when everything is ready; forward no ports" },
    "no-wait": {
      type: "boolean",
      description: "up: exit when the manifests are applied; do not wait or forward ports",
    },
    force: { type: "boolean", description: "up: continue when memory or processors may not suffice" },
    yes: { type: "boolean", short: "y", description: "down: delete without asking" },
  },
  sections: [
    {
      heading: "Commands",
      rows: [
        [
          "up",
          "creates or starts the cluster, builds and loads images, creates secrets, applies the manifests, waits until everything is ready, and forwards ports until Ctrl-C; the cluster keeps running. A repeated up changes only what differs",
        ],
        ["status", "shows readiness, versions, restarts and URLs"],
        ["down", "deletes the cluster that up created; in an existing cluster, the objects that up created"],
      ],
    },
    settingsSection(clusterSettings),
  ],
  exitCodes: { 1: "failure; for status: not everything is ready" },
});

type CommandLine = Pick<ReturnType<typeof clusterCommand.parse>, "values" | "operands">;

/** Options of a single command. */
const owners = {
  overlay: "up",
  without: "up",
  secrets: "up",
  timeout: "up",
  "no-images": "up",
  "no-forward": "up",
  "no-wait": "up",
  force: "up",
  yes: "down",
} as const;

/**
 * Reads the command line.
 * @throws UsageError
 */
export function readOptions({ values, operands }: CommandLine): ClusterOptions {
  const [action, ...rest] = operands;
  if (!isOneOf(actions, action))
    throw new UsageError(`the command must be up, status or down, not "${action ?? ""}" (see --help)`);
  if (rest.length > 0) throw new UsageError(`unexpected argument "${rest[0]}"`);
  for (const [name, owner] of Object.entries(owners)) {
    if (values[name as keyof typeof owners] !== undefined && owner !== action)
      throw new UsageError(`--${name} belongs to ${owner}`);
  }
  const { context, tool, timeout = "15m", without = [], overlay = "local", secrets = ".secrets" } = values;
  if (context !== undefined && tool !== undefined)
    throw new UsageError(
      "--context selects an existing cluster and --tool creates one; use only one of them",
    );
  if (tool !== undefined && !isOneOf(toolNames, tool))
    throw new UsageError(`--tool must be one of ${toolNames.join(", ")}, not "${tool}"`);
  const label = without.find((app) => !/^[\w.-]+$/.test(app));
  if (label !== undefined) throw new UsageError(`--without must be the label of an app, not "${label}"`);
  const timeoutMs = parseDuration(timeout);
  if (!timeoutMs) throw new UsageError(`--timeout must be a time such as 90s or 15m, not "${timeout}"`);
  return {
    action,
    ...(context === undefined ? {} : { context }),
    ...(tool === undefined ? {} : { tool }),
    overlay,
    without,
    secrets,
    timeoutMs,
    images: !values["no-images"],
    wait: !values["no-wait"],
    forward: !values["no-forward"],
    force: values.force ?? false,
    yes: values.yes ?? false,
  };
}

function isOneOf<const Names extends readonly string[]>(
  names: Names,
  text: string | undefined,
): text is Names[number] {
  return names.some((name) => name === text);
}
