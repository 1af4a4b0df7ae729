"use strict";

const { STATUS_CODES } = require("node:http");

/** A call that the template refuses. The message is part of the response. */
class RefusedCall extends Error {
  /**
   * @param {number} status
   * @param {string} code in snake_case, for programs
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Creates the body of an error response (RFC 9457).
 *
 * @param {number} status
 * @param {string} code
 * @param {string} detail
 */
function problemText(status, code, detail) {
  const title = STATUS_CODES[status] ?? "Error";
  return `${JSON.stringify({ type: "about:blank", title, status, code, detail })}\n`;
}

module.exports = { RefusedCall, problemText };
