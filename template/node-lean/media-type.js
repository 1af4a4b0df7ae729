"use strict";

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const quoted = String.raw`"(?:[ !#-[\]-~\x80-\xff]|\\[ -~])*"`;
const parameter = `; *(${token}) *= *(${token}|${quoted}) *`;
const typePattern = String.raw`[A-Za-z0-9][\w!#$&^-]{0,126}/[A-Za-z0-9][\w!#$&^.+-]{0,126}`;
const form = new RegExp(`^ *(${typePattern}) *((?:${parameter})*)$`);
const eachParameter = new RegExp(parameter, "g");

/**
 * Parses a Content-Type (RFC 9110): the type in lower case and the parameters. Undefined when it is malformed.
 *
 * @param {string} contentType
 */
function parseMediaType(contentType) {
  const match = form.exec(contentType);
  if (match === null) return undefined;
  const [, type = "", list = ""] = match;
  const parameters = [...list.matchAll(eachParameter)].map(([, name = "", value = ""]) => ({
    name: name.toLowerCase(),
    value,
  }));
  const charset = parameters
    .find(({ name }) => name === "charset")
    ?.value.replaceAll('"', "")
    .toLowerCase();
  return { type: type.toLowerCase(), parameters, charset };
}

/** A cache of handlers' types with the charset UTF-8. @type {Map<string, string>} */
const utf8Types = new Map();

/**
 * Sets the charset of a handler's text type to UTF-8, and sorts its parameters.
 *
 * @param {string} contentType
 */
function withUtf8(contentType) {
  const known = utf8Types.get(contentType);
  if (known !== undefined) return known;
  const parsed = parseMediaType(contentType);
  if (parsed === undefined) return contentType;
  const others = parsed.parameters.filter(({ name }) => name !== "charset");
  const parameters = [...others.map(({ name, value }) => `${name}=${value}`), "charset=utf-8"].sort();
  const typed = [parsed.type, ...parameters].join("; ");
  if (utf8Types.size < 100) utf8Types.set(contentType, typed);
  return typed;
}

module.exports = { parseMediaType, withUtf8 };
