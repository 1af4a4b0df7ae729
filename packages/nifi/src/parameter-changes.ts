import type { Environment } from "@platform/shared/config/config-reader";
import type { FlowParameter } from "./flow-definition.ts";

/** What to tell NiFi of a parameter. Without a value it keeps the one that it has. */
export interface ParameterChange {
  name: string;
  sensitive: boolean;
  description: string;
  value?: string;
}

/**
 * What is to be changed in a parameter context of NiFi. Parameters that have the name of a variable which is not empty
 * get its value, those without a value else that of the file; all others keep theirs. A sensitive value cannot be read back, so it is
 * always sent.
 */
export function parameterChanges(
  file: readonly FlowParameter[],
  canvas: readonly FlowParameter[],
  env: Environment,
): ParameterChange[] {
  const found = new Map(canvas.map((one) => [one.name, one]));
  return file.flatMap(({ name, sensitive = false, value: fallback, description }) => {
    const current = found.get(name);
    const wanted = env[name]?.trim() ? env[name] : undefined;
    const value =
      wanted ?? ((current?.value ?? undefined) === undefined ? (fallback ?? undefined) : undefined);
    const text = description ?? "";
    const unchanged =
      current !== undefined &&
      (value === undefined || (!sensitive && value === current.value)) &&
      text === (current.description ?? "");
    // NiFi stops and starts what refers to a parameter that comes without its description.
    return unchanged
      ? []
      : [{ name, sensitive, description: text, ...(value === undefined ? {} : { value }) }];
  });
}
