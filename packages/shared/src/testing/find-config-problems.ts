import type { ConfigError } from "../errors/server-errors.ts";

/** The problems in the ConfigError that a reader of settings throws; empty if it accepts them. */
export function findConfigProblems(
  read: (env: Record<string, string>) => unknown,
  env: Record<string, string>,
) {
  try {
    read(env);
  } catch (error) {
    return (error as ConfigError).problems;
  }
  return [];
}
