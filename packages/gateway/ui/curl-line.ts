/** A call as a line for a shell. */
export function curlLine(url: string, { method, body }: { method: string; body: string }): string {
  if (method === "GET") return `curl ${quoted(url)}`;
  const json = typeOf(body) === "application/json" ? "-H 'Content-Type: application/json' " : "";
  return `curl ${json}--data-raw ${quoted(body)} ${quoted(url)}`;
}

/** What a body is, by its first character. */
export function typeOf(body: string): string {
  return /^\s*[[{"]/.test(body) ? "application/json" : "text/plain; charset=utf-8";
}

/** One word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
