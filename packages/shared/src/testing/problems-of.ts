import type { ConfigError } from "../errors/server-errors.ts";

/** What a reader of settings says is wrong with them: the problems of its ConfigError, none when it takes them. */
export function problemsOf(read: (env: Record<string, string>) => unknown, env: Record<string, string>) {
  try {
    read(env);
  } catch (error) {
    return (error as ConfigError).problems;
  }
  return [];
}
