import * as v from "valibot";
import { ConfigError } from "../errors/server-errors.ts";

/** A process's environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The parsed settings. */
export type InferConfig<Entries extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<Entries, undefined>>;

/**
 * Reads a config from an environment.
 * @throws ConfigError with all invalid settings
 */
export type ConfigReader<Config> = (env?: Environment) => Config;

/** A reader with the settings that it reads, for `--help` and the settings tables. */
export type SettingsReader<Config> = ConfigReader<Config> & { readonly settings: v.ObjectEntries };

/**
 * A pure reader of settings: each key is the name of an environment variable, each value a schema over its
 * text (config/settings.ts), described by `setting`. Empty means unset. Messages contain no value, because it may be secret.
 * @param findProblems returns the problems in a combination of settings that are each valid
 */
export function configReader<Entries extends v.ObjectEntries>(
  settings: Entries,
  findProblems: (config: InferConfig<Entries>) => string[] = () => [],
): SettingsReader<InferConfig<Entries>> {
  const schema = v.object(settings);
  const read = (env: Environment = process.env) => {
    const input = Object.fromEntries(Object.keys(settings).map((name) => [name, env[name] || undefined]));
    const result = v.safeParse(schema, input);
    const problems = result.success
      ? findProblems(result.output)
      : result.issues.map((issue) => `${v.getDotPath(issue)} ${issue.message}`);
    if (!result.success || problems.length > 0) throw new ConfigError(problems);
    return result.output;
  };
  return Object.assign(read, { settings });
}
