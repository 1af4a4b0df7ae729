import type { Environment } from "@platform/shared/config/config-reader";
import type { FlowParameter } from "./flow-definition.ts";

/** A change of a parameter in NiFi. Without `value`, the parameter keeps its value. */
export interface ParameterChange {
  name: string;
  sensitive: boolean;
  description: string;
  value?: string;
}

/**
 * Computes the changes of a parameter context. A parameter with the name of a non-empty environment variable gets its value.
 * Otherwise, a parameter without a value gets that of the file; all others stay. NiFi does not return sensitive values, so
 * they are always sent.
 */
export function parameterChanges(
  file: readonly FlowParameter[],
  canvas: readonly FlowParameter[],
  env: Environment,
): ParameterChange[] {
  const onCanvas = new Map(canvas.map((parameter) => [parameter.name, parameter]));
  return file.flatMap(({ name, sensitive = false, value: fallback, description }) => {
    const current = onCanvas.get(name);
    const fromEnv = env[name]?.trim() ? env[name] : undefined;
    const value =
      fromEnv ?? ((current?.value ?? undefined) === undefined ? (fallback ?? undefined) : undefined);
    const text = description ?? "";
    const unchanged =
      current !== undefined &&
      (value === undefined || (!sensitive && value === current.value)) &&
      text === (current.description ?? "");
    // Without the description, NiFi restarts all components that refer to the parameter.
    return unchanged
      ? []
      : [{ name, sensitive, description: text, ...(value === undefined ? {} : { value }) }];
  });
}
