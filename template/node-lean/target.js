"use strict";

const { RefusedCall } = require("./problem");
const { parseQuery } = require("./query");

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** A path, or a URL as a proxy is asked; then the query. The fragment does not count. */
const targetForm = /^([a-z][\w+.-]*:\/\/[^/?#]+)?(\/[^?#]*)?(?:\?([^#]*))?/i;

/**
 * The path, still encoded, and the query of a call.
 *
 * @param {import("node:http").IncomingMessage} request
 * @throws RefusedCall
 */
exports.readTarget = ({ method = "", url = "" }) => {
  const [, origin, path, query] = targetForm.exec(url) ?? [];
  if (!methods.has(method) || (origin === undefined && path === undefined))
    throw new RefusedCall(404, "not_found", "There is nothing by this method and path.");
  if (path !== undefined) requireDecodable(path);
  return { path: path ?? "/", query: query ? parseQuery(query) : {} };
};

/** @param {string} path */
function requireDecodable(path) {
  try {
    if (path.includes("%")) decodeURIComponent(path);
  } catch {
    throw new RefusedCall(400, "invalid_path", "The path is not UTF-8 in percent-encoding.");
  }
}
