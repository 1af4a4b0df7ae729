/** A call in the form of a function. */
export interface Call {
  method: string;
  body: string;
  /** Further headers. */
  headers?: readonly (readonly [name: string, value: string])[];
}

/** Formats a call as a curl command line. */
export function curlLine(url: string, { method, body, headers = [] }: Call): string {
  const withBody = hasBody(method);
  const hasType = headers.some(([name]) => name.toLowerCase() === "content-type");
  const type =
    withBody && !hasType && guessContentType(body) === "application/json"
      ? ["Content-Type: application/json"]
      : [];
  return [
    "curl",
    ...(["GET", "POST"].includes(method) ? [] : ["-X", method]),
    ...[...type, ...headers.map((header) => header.join(": "))].flatMap((header) => ["-H", quoted(header)]),
    ...(withBody ? ["--data-raw", quoted(body)] : []),
    quoted(url),
  ].join(" ");
}

/** Whether calls of this method have a body. */
export function hasBody(method: string): boolean {
  return method !== "GET" && method !== "DELETE";
}

/** Guesses the content type of a body by its first character. */
export function guessContentType(body: string): string {
  return /^\s*[[{"]/.test(body) ? "application/json" : "text/plain; charset=utf-8";
}

/** Quotes a word for a POSIX shell. */
function quoted(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
