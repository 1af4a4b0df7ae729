/** `error.type` of a span: the code of an error, or its name; never its message, which may have a URL in it. */
export function errorType(error: unknown): string {
  if (typeof error === "string") return error;
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  if (typeof code === "string" || typeof code === "number") return String(code);
  return typeof name === "string" ? name : "_OTHER";
}
