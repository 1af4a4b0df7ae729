/** A parsed Content-Type: the type in lower case, and its charset. */
export interface MediaType {
  type: string;
  charset: string | undefined;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const quoted = String.raw`"(?:[ !#-[\]-~\x80-\xff]|\\[ -~])*"`;
const name = "[A-Za-z0-9][A-Za-z0-9!#$&^_-]{0,62}";
const subtype = String.raw`[A-Za-z0-9][A-Za-z0-9!#$&^_.-]{0,62}(?:\+${name})?`;
const parameter = `; *(${token}) *= *(${token}|${quoted}) *`;
const form = new RegExp(`^ *(${name}/${subtype}) *((?:${parameter})*)$`);
const eachParameter = new RegExp(parameter, "g");

/**
 * Parses a Content-Type header (RFC 9110, section 8.3, with the names of RFC 6838). Undefined if it is malformed. It is as strict as
 * the template, which drops a body with a malformed type.
 */
export function parseMediaType(contentType: string): MediaType | undefined {
  return usualTypes.get(contentType) ?? parse(contentType);
}

/** The values of most calls, because a lookup is faster than parsing. */
const usualTypes = new Map(
  ["application/json", "application/x-ndjson", "text/plain"].flatMap((type) =>
    [type, `${type};charset=utf-8`, `${type}; charset=utf-8`].map((value) => [value, parse(value)]),
  ),
);

function parse(contentType: string): MediaType | undefined {
  const match = form.exec(contentType);
  if (match === null) return undefined;
  const [, type = "", parameters = ""] = match;
  const [, , charset] =
    [...parameters.matchAll(eachParameter)].find(([, key]) => key?.toLowerCase() === "charset") ?? [];
  return { type: type.toLowerCase(), charset: charset?.replace(/^"(.*)"$/, "$1").toLowerCase() };
}

/** Whether the type is JSON: application/json, its older name text/json, or a type with the suffix +json. */
export function isJson({ type }: MediaType): boolean {
  return type === "application/json" || type === "text/json" || type.endsWith("+json");
}

/** Whether the type is newline-delimited JSON, by any of its common names. */
export function isNdjson({ type }: MediaType): boolean {
  return /^(application|text)\/(x-)?(ndjson|jsonl|jsonlines)$/.test(type);
}

/** Whether the type is that of a form, which curl also uses for any data. */
export function isForm({ type }: MediaType): boolean {
  return type === "application/x-www-form-urlencoded";
}

/** Whether the type says nothing about the body. Clients and the template use these types by default. */
export function isUnspecific(mediaType: MediaType): boolean {
  const { type } = mediaType;
  return type === "text/plain" || type === "application/octet-stream" || isForm(mediaType);
}

/** Whether the body may be text. */
export function isText(mediaType: MediaType): boolean {
  return (
    isUnspecific(mediaType) ||
    (mediaType.type.startsWith("text/") && !isJson(mediaType) && !isNdjson(mediaType))
  );
}
