import { alignedPart, sortByFileOrder } from "./aligned-part.ts";
import type { FlowDefinition, FlowParameter, FlowParameterContext } from "./flow-definition.ts";

type Contexts = Readonly<Record<string, FlowParameterContext>>;

/**
 * Aligns the parameter contexts of the canvas with the file. Values stay those of the file, because NiFi's values may come
 * from an environment and may be secret. Parameters missing in the file count only if the flow refers to them, because
 * flows may share a context.
 */
export function alignedParameterContexts(
  canvas: FlowDefinition,
  file: FlowDefinition,
): { parameterContexts?: Contexts } {
  const { parameterContexts: onCanvas = {} } = canvas;
  const { parameterContexts: inFile = {} } = file;
  const names = sortByFileOrder(Object.keys(onCanvas), Object.keys(inFile), (name) => name);
  if (names.length === 0 && file.parameterContexts === undefined) return {};
  const text = JSON.stringify(canvas.flowContents);
  const isUsed = (name: string) => text.includes(`#{${name}}`) || text.includes(`#{'${name}'}`);
  return {
    parameterContexts: Object.fromEntries(
      names.map((name) => [name, alignedContext(onCanvas[name]!, inFile[name], isUsed)]),
    ),
  };
}

function alignedContext(
  canvas: FlowParameterContext,
  file: FlowParameterContext | undefined,
  isUsed: (name: string) => boolean,
): FlowParameterContext {
  const fileParameters = new Map(file?.parameters.map((parameter) => [parameter.name, parameter]));
  const parameters = canvas.parameters.filter(({ name }) => fileParameters.has(name) || isUsed(name));
  return alignedPart(canvas, file, (value, _fileValue, field) =>
    field === "parameters"
      ? sortByFileOrder(parameters, file?.parameters ?? [], ({ name }) => name).map((parameter) =>
          alignedParameter(parameter, fileParameters.get(parameter.name)),
        )
      : value,
  ) as FlowParameterContext;
}

function alignedParameter(canvas: FlowParameter, file: FlowParameter | undefined): FlowParameter {
  return alignedPart(canvas, file, (value, fileValue, field) =>
    field === "value" && file !== undefined ? fileValue : value,
  ) as FlowParameter;
}
