"use strict";

const { promisify } = require("node:util");
const { gunzip, inflate } = require("node:zlib");
const { parseMediaType } = require("./media-type");
const { RefusedCall } = require("./problem");
const { parseQuery } = require("./query");

const units = ["b", "kb", "mb", "gb"];
const defaultSize = "100kb";

/** @type {Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>>} */
const decoders = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
};

/**
 * Creates a body reader from the settings. With RAW_BODY=true, bodies are Buffers. Otherwise, texts, JSON and forms are
 * parsed, and other bodies are Buffers. A missing body, or a body with a malformed type, is `{}`.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {(request: import("node:http").IncomingMessage) => Promise<unknown>} rejects with a RefusedCall
 */
exports.createBodyReader = (env) => {
  const raw = env.RAW_BODY === "true";
  const rawLimit = readSize("MAX_RAW_SIZE", env.MAX_RAW_SIZE);
  const jsonLimit = readSize("MAX_JSON_SIZE", env.MAX_JSON_SIZE);
  const textLimit = readSize("", defaultSize);

  return async (request) => {
    const { headers } = request;
    headers["content-type"] ||= "text/plain";
    if (headers["transfer-encoding"] === undefined && headers["content-length"] === undefined) return {};
    const mediaType = parseMediaType(headers["content-type"]);
    if (mediaType === undefined) return {};
    const { type, charset = "utf-8" } = mediaType;
    const read = (/** @type {number} */ limit) => readDecoded(request, limit);
    if (raw) return read(rawLimit);
    if (type.startsWith("text/")) return decode(await read(textLimit), charset);
    if (type === "application/json") return parseJson(decode(await read(jsonLimit), charset, /^utf-/));
    if (type === "application/x-www-form-urlencoded")
      return parseQuery(decode(await read(textLimit), charset, /^utf-8$/));
    return read(rawLimit);
  };
};

/**
 * Parses a size such as 1mb, 100kb or 65536; returns bytes.
 *
 * @param {string} name
 * @param {string} [size]
 */
function readSize(name, size) {
  const match = /^(\d+(?:\.\d+)?) *(b|kb|mb|gb)?$/i.exec(size || defaultSize);
  if (match === null)
    throw new RangeError(`${name} must be a size such as 1mb, 100kb or 65536, not "${size}"`);
  const [, count, unit = "b"] = match;
  return Math.floor(Number(count) * 1024 ** units.indexOf(unit.toLowerCase()));
}

/**
 * Reads the body and decodes its content encoding.
 *
 * @param {import("node:http").IncomingMessage} request
 * @param {number} limit
 */
async function readDecoded(request, limit) {
  const encoding = (request.headers["content-encoding"] || "identity").toLowerCase();
  const bytes = await readBytes(request, limit);
  if (encoding === "identity") return bytes;
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (decoder === undefined)
    throw new RefusedCall(415, "unsupported_content_encoding", "The body must be plain, gzip or deflate.");
  try {
    return await decoder(bytes, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limit);
    throw new RefusedCall(400, "invalid_content_encoding", `The body is not ${encoding}.`);
  }
}

/**
 * Reads a body to its end, even if it is too large, because a client that is still sending may not see the answer.
 *
 * @param {import("node:http").IncomingMessage} request
 * @param {number} limit
 * @returns {Promise<Buffer>}
 */
function readBytes(request, limit) {
  return new Promise((resolve, reject) => {
    /** @type {Buffer[]} */
    const chunks = [];
    let size = 0;
    request.on("data", (/** @type {Buffer} */ chunk) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    });
    request.on("end", () => {
      if (size > limit) reject(tooLarge(limit));
      else resolve(chunks.length === 1 ? /** @type {Buffer} */ (chunks[0]) : Buffer.concat(chunks, size));
    });
    request.on("error", () => reject(new RefusedCall(400, "body_incomplete", "The body is incomplete.")));
  });
}

/** @param {number} limit */
function tooLarge(limit) {
  return new RefusedCall(413, "body_too_large", `The body must have at most ${limit} bytes.`);
}

/**
 * @param {Buffer} bytes
 * @param {string} charset
 * @param {RegExp} [allowed]
 */
function decode(bytes, charset, allowed = /./) {
  try {
    if (allowed.test(charset)) return new TextDecoder(charset).decode(bytes);
  } catch {} // unknown charset
  throw new RefusedCall(415, "unsupported_media_type", "The charset of the body is not supported.");
}

/** @param {string} text */
function parseJson(text) {
  if (text === "") return {};
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {} // refused below
  throw new RefusedCall(400, "invalid_json", "The body must be a JSON object or array.");
}
