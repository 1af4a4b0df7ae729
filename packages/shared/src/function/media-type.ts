/** A parsed Content-Type: the type in lower case, without parameters but its charset. */
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
 * The media type of a Content-Type header, or undefined when it is malformed (RFC 9110, section 8.3, with the names of
 * RFC 6838): no laxer than the template, which drops a body whose type it cannot read.
 */
export function mediaTypeOf(contentType: string): MediaType | undefined {
  return usual.get(contentType) ?? parseMediaType(contentType);
}

/** The values that most calls have: parsing takes longer than a lookup. */
const usual = new Map(
  ["application/json", "application/x-ndjson", "text/plain"].flatMap((type) =>
    [type, `${type};charset=utf-8`, `${type}; charset=utf-8`].map((value) => [value, parseMediaType(value)]),
  ),
);

function parseMediaType(contentType: string): MediaType | undefined {
  const match = form.exec(contentType);
  if (match === null) return undefined;
  const [, type = "", parameters = ""] = match;
  const [, , charset] =
    [...parameters.matchAll(eachParameter)].find(([, key]) => key?.toLowerCase() === "charset") ?? [];
  return { type: type.toLowerCase(), charset: charset?.replace(/^"(.*)"$/, "$1").toLowerCase() };
}

/** Is it JSON: application/json, its older name text/json, or a type with the suffix +json? */
export function isJson({ type }: MediaType): boolean {
  return type === "application/json" || type === "text/json" || type.endsWith("+json");
}

/** Is it newline-delimited JSON, under any of the names in use? */
export function isNdjson({ type }: MediaType): boolean {
  return /^(application|text)\/(x-)?(ndjson|jsonl|jsonlines)$/.test(type);
}

/** Is it the type of a form, which is also curl's for any data? */
export function isForm({ type }: MediaType): boolean {
  return type === "application/x-www-form-urlencoded";
}

/** Does it leave open what the body is? Clients and the template put these types on a body that nobody named. */
export function isUnspecific(mediaType: MediaType): boolean {
  const { type } = mediaType;
  return type === "text/plain" || type === "application/octet-stream" || isForm(mediaType);
}

/** May the body be a text? */
export function isText(mediaType: MediaType): boolean {
  return (
    isUnspecific(mediaType) ||
    (mediaType.type.startsWith("text/") && !isJson(mediaType) && !isNdjson(mediaType))
  );
}
