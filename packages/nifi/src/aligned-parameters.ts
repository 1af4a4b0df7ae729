import { alignedPart, inFileOrder } from "./aligned-part.ts";
import type { FlowDefinition, FlowParameter, FlowParameterContext } from "./flow-definition.ts";

type Contexts = Readonly<Record<string, FlowParameterContext>>;

/**
 * The parameter contexts of the canvas, as the file writes them. Values stay those of the file: NiFi's may come from an
 * environment, and may be secret. Of parameters that the file does not have only those count that the flow refers to:
 * flows may share a context.
 */
export function alignedParameterContexts(
  canvas: FlowDefinition,
  file: FlowDefinition,
): { parameterContexts?: Contexts } {
  const { parameterContexts: found = {} } = canvas;
  const { parameterContexts: written = {} } = file;
  const names = inFileOrder(Object.keys(found), Object.keys(written), (name) => name);
  if (names.length === 0 && file.parameterContexts === undefined) return {};
  const text = JSON.stringify(canvas.flowContents);
  const isUsed = (name: string) => text.includes(`#{${name}}`) || text.includes(`#{'${name}'}`);
  return {
    parameterContexts: Object.fromEntries(
      names.map((name) => [name, alignedContext(found[name]!, written[name], isUsed)]),
    ),
  };
}

function alignedContext(
  canvas: FlowParameterContext,
  file: FlowParameterContext | undefined,
  isUsed: (name: string) => boolean,
): FlowParameterContext {
  const written = new Map(file?.parameters.map((one) => [one.name, one]));
  const parameters = canvas.parameters.filter(({ name }) => written.has(name) || isUsed(name));
  return alignedPart(canvas, file, (value, _inFile, field) =>
    field === "parameters"
      ? inFileOrder(parameters, file?.parameters ?? [], ({ name }) => name).map((one) =>
          alignedParameter(one, written.get(one.name)),
        )
      : value,
  ) as FlowParameterContext;
}

function alignedParameter(canvas: FlowParameter, file: FlowParameter | undefined): FlowParameter {
  return alignedPart(canvas, file, (value, inFile, field) =>
    field === "value" && file !== undefined ? inFile : value,
  ) as FlowParameter;
}
