import * as v from "valibot";

/** The facts about a setting in `--help` and the settings tables, besides its name and default. */
export interface SettingFacts {
  /** The effect of the setting: a noun phrase without a full stop. */
  description?: string;
  /** The allowed values, with their unit: `1 to 100 bytes`, `a URL`. */
  values?: string;
  /** The behaviour without a value, if no value has that meaning: `every address`. */
  unset?: string;
}

/**
 * Describes a setting.
 *
 * @example
 * ```ts
 * configReader({ MAX_COUNT: setting("most blocks in an answer", integer({ fallback: 500, min: 1, max: 10_000 })) });
 * ```
 */
export function setting<Schema extends v.GenericSchema>(
  description: string,
  schema: Schema,
  { unset }: { unset?: string } = {},
): Schema {
  return withFacts(schema, { description, ...(unset === undefined ? {} : { unset }) });
}

/** Adds facts to a schema; they replace earlier ones of the same name. The schema's type does not change. */
export function withFacts<Schema extends v.GenericSchema>(schema: Schema, facts: SettingFacts): Schema {
  return v.pipe(schema, v.metadata({ ...facts })) as unknown as Schema;
}

/** The facts of a schema and of its wrapped schemas, such as that of an optional. */
export function readFacts(schema: v.GenericSchema): SettingFacts {
  const { wrapped } = schema as { wrapped?: v.GenericSchema };
  return { ...(wrapped === undefined ? {} : readFacts(wrapped)), ...v.getMetadata(schema) };
}
