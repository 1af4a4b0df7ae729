/** The user typed something that the command does not take. Exit code 2. */
export class UsageError extends Error {
  /** @override */
  name = "UsageError";
}
