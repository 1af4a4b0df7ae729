import type { Option, Section } from "@platform/cli/command";
import * as v from "valibot";
import { readFacts } from "./setting.ts";

/** A setting as `--help` and the settings tables list it. */
export interface SettingRow {
  name: string;
  description: string;
  /** The allowed values, with their unit. */
  values?: string | undefined;
  /** The default. */
  fallback?: string | undefined;
  /** The behaviour without a value, in words, if there is no default. */
  unset?: string | undefined;
  required: boolean;
}

/**
 * The rows of a settings object, in its order.
 * @throws Error that names a setting without a description
 */
export function settingRows(settings: v.ObjectEntries): SettingRow[] {
  return Object.entries(settings).map(([name, schema]) => {
    const { description, values, unset } = readFacts(schema as v.GenericSchema);
    if (description === undefined) throw new Error(`the setting ${name} has no description`);
    const fallback = v.getDefault(schema as v.GenericSchema);
    return {
      name,
      description,
      values,
      unset,
      fallback: typeof fallback === "string" && fallback !== "" ? fallback : undefined,
      required: !v.safeParse(schema as v.GenericSchema, undefined).success,
    };
  });
}

/** The settings as a section of `--help`. */
export function settingsSection(
  settings: v.ObjectEntries,
  heading = "Settings, from the environment",
): Section {
  return { heading, rows: settingRows(settings).map((row) => [row.name, toExplanation(row)]) };
}

/** A setting as a command-line option, which `toVariables` maps to the setting's variable. */
export function settingOption<Entries extends v.ObjectEntries>(
  settings: Entries,
  name: keyof Entries & string,
  { short, value }: { short?: string; value: string },
) {
  const [row] = settingRows({ [name]: settings[name]! });
  return {
    type: "string",
    value,
    variable: name,
    description: row!.description,
    ...(short === undefined ? {} : { short }),
    ...(row!.fallback === undefined ? {} : { fallback: row!.fallback }),
  } as const satisfies Option;
}

function toExplanation({ description, values, fallback, unset, required }: SettingRow): string {
  const facts = [
    values,
    required ? "required" : undefined,
    fallback === undefined ? undefined : `default ${fallback}`,
    unset === undefined ? undefined : `unset: ${unset}`,
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? description : `${description} (${facts.join("; ")})`;
}
