"use strict";

const { STATUS_CODES } = require("node:http");
const { logError } = require("./log");
const { withUtf8 } = require("./media-type");
const { problemText, RefusedCall } = require("./problem");

const failed = "The function failed; its log says why.";

/** The second argument of a handler. Only the first answer counts; later calls have no effect. */
class Context {
  /** @type {import("node:http").ServerResponse} */
  #response;
  #status = 200;
  /** @type {Readonly<Record<string, unknown>>} */
  #headers = {};
  answered = false;

  /** @param {import("node:http").ServerResponse} response */
  constructor(response) {
    this.#response = response;
  }

  /** Sets the status; without an argument, returns it. @param {number} [code] */
  status(code) {
    if (!code) return this.#status;
    this.#status = code;
    return this;
  }

  /** Sets the headers; without an argument, returns them. @param {Readonly<Record<string, unknown>>} [headers] */
  headers(headers) {
    if (!headers) return this.#headers;
    this.#headers = headers;
    return this;
  }

  /**
   * Answers with a text, a Buffer, or a value as JSON. A number is a status without a body.
   *
   * @param {unknown} value
   */
  succeed(value) {
    if (typeof value === "string") this.#send(this.#status, value, "text/html");
    else if (typeof value === "number") this.#send(value, STATUS_CODES[value] ?? "", "text/plain");
    else if (value === undefined || value === null) this.#send(this.#status, "");
    else if (Buffer.isBuffer(value)) this.#send(this.#status, value, "application/octet-stream");
    else this.#send(this.#status, JSON.stringify(value), isPlain(value) ? "text/html" : "application/json");
  }

  /**
   * Answers with an error: the status and the headers set by the handler, and problem+json. A 4xx response contains the error;
   * for a 5xx response, only the log does.
   *
   * @param {unknown} error
   */
  fail(error) {
    const status = this.#errorStatus();
    logError("call_failed", { status, error });
    this.#sendProblem(status, "failed", status < 500 ? String(error) : failed);
  }

  /** The third argument of a handler. */
  callback = (/** @type {unknown} */ error, /** @type {unknown} */ value) =>
    error ? this.fail(error) : this.succeed(value);

  /** Answers a call that the template refuses, or whose handler threw. @param {unknown} error */
  refuse(error) {
    if (error instanceof RefusedCall) return this.#sendProblem(error.status, error.code, error.message);
    logError("handler_failed", { error });
    this.#headers = {};
    this.#sendProblem(this.#errorStatus(), "internal_error", failed);
  }

  /** The status set by the handler, if it is an error status. */
  #errorStatus() {
    return this.#status >= 400 && this.#status <= 599 ? this.#status : 500;
  }

  /** @param {number} status @param {string} code @param {string} detail */
  #sendProblem(status, code, detail) {
    this.#headers = { ...this.#headers, "content-type": "application/problem+json" };
    this.#send(status, problemText(status, code, detail));
  }

  /** @param {number} status @param {string | Buffer} body @param {string} [usualType] the type when the handler sets none */
  #send(status, body, usualType) {
    if (this.answered) return;
    const headers = toHeaders(this.#headers, body, usualType);
    const isEmpty = status === 204 || status === 304;
    if (isEmpty) delete headers["content-type"];
    else headers["content-length"] = String(Buffer.byteLength(body));
    this.#response.writeHead(status, headers);
    this.answered = true;
    this.#response.end(isEmpty ? undefined : body);
  }
}

/**
 * Returns the handler's headers with the type of the body; the charset of a text is always UTF-8.
 *
 * @param {Readonly<Record<string, unknown>>} set
 * @param {string | Buffer} body
 * @param {string} [usualType]
 */
function toHeaders(set, body, usualType) {
  /** @type {Record<string, string | string[]>} */
  const headers = {};
  for (const name in set) {
    const value = set[name];
    headers[name.toLowerCase()] = Array.isArray(value) ? value.map(String) : String(value);
  }
  const type = headers["content-type"] ?? usualType;
  if (typeof type === "string") headers["content-type"] = isText(body, type) ? withUtf8(type) : type;
  return headers;
}

/** @param {string | Buffer} body @param {string} type */
function isText(body, type) {
  return (
    typeof body === "string" ||
    (/^text\/|^application\/(javascript|json)/.test(type) && !/charset/i.test(type))
  );
}

/** @param {unknown} value */
function isPlain(value) {
  return Array.isArray(value) || /** @type {object} */ (value).constructor === Object;
}

module.exports = { Context };
