import type { CallCounts } from "../../http/call-counts.ts";
import type { FunctionCatalog } from "../../http/function-catalog.ts";
import type { FunctionProvider } from "../../http/function-provider.ts";
import type { FunctionTarget } from "../../http/function-target.ts";
import { readScaleLabels } from "../../http/scale-labels.ts";
import { ReadOnlyError } from "../../http/system/system-errors.ts";
import type { CallHistory } from "./call-history.ts";
import { maskedEnvironment } from "./masked-environment.ts";
import { readExamples } from "./read-examples.ts";
import type { FunctionDetail, FunctionSummary, ScalingView } from "./view.ts";

/** The data sources of the functions' views. */
export interface FunctionDetailOptions {
  functions: FunctionCatalog;
  callCounts: CallCounts;
  history: CallHistory;
  /** Scales functions; unset: the gateway cannot. */
  provider?: FunctionProvider | undefined;
  /** The reason why the gateway cannot scale. */
  readOnly?: string | undefined;
}

const shownMinutes = 60;

/** Lists the functions by name. */
export function functionSummaries({ functions, history }: FunctionDetailOptions): FunctionSummary[] {
  return functions
    .values()
    .map((target) => {
      const name = functions.calledName(target);
      const { image } = target.definition;
      const lastCallAt = history.readLastCall(name)?.time ?? null;
      return { name, image, lastCallAt, ...history.readCounts(name, shownMinutes) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Describes a function without its calls. */
export function functionDetail(options: FunctionDetailOptions, target: FunctionTarget): FunctionDetail {
  const { functions, callCounts } = options;
  const { definition, replicas, createdAt, invocations, wakeUps, build, refusal } = target;
  const { image, annotations, labels, secrets, constraints } = definition;
  const { requests = {}, limits = {}, readOnlyRootFilesystem = false } = definition;
  const name = functions.calledName(target);
  const { examples, problem } = readExamples(annotations);
  return {
    name,
    namespace: functions.readNamespace(target),
    description: annotations.description ?? "",
    image,
    createdAt: createdAt.getTime(),
    replicas: { wanted: replicas.wanted, available: replicas.available },
    scaling: readScaling(options, target),
    invocations,
    inFlight: callCounts.of(name).inFlight,
    wakeUps: wakeUps ?? null,
    environment: maskedEnvironment(effective(target)),
    secrets,
    annotations,
    labels,
    requests,
    limits,
    constraints: constraints ?? [],
    readOnlyRootFilesystem,
    build: build ?? null,
    refusal: refusal?.message ?? "",
    examples,
    examplesProblem: problem,
  };
}

/** Returns the definition's variables with their values in the process, without variables that a gateway adds. */
function effective({ definition, environment }: FunctionTarget): Record<string, string> {
  const own = Object.entries(definition.environment);
  if (environment === undefined) return Object.fromEntries(own);
  const present = own.filter(([name]) => name in environment);
  return Object.fromEntries(present.map(([name]) => [name, environment[name]!]));
}

function readScaling(
  { provider, readOnly }: FunctionDetailOptions,
  { definition }: FunctionTarget,
): ScalingView {
  const { min, max } = readLabels(definition.labels);
  const most = Math.min(max, provider?.maxReplicas ?? max);
  const least = Math.min(Math.max(min, 1), most);
  return {
    refusal: provider === undefined ? new ReadOnlyError({ sentence: readOnly }).message : "",
    least,
    most,
  };
}

/** Reads the scaling labels. Wrong labels, which only kubectl can set, are ignored. */
function readLabels(labels: Readonly<Record<string, string>>) {
  try {
    return readScaleLabels(labels);
  } catch {
    return readScaleLabels({});
  }
}
