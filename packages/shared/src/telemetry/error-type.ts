/** `error.type` of a span: the code or name of an error, never its message, which may contain a URL. */
export function errorType(error: unknown): string {
  if (typeof error === "string") return error;
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  if (typeof code === "string" || typeof code === "number") return String(code);
  return typeof name === "string" ? name : "_OTHER";
}
