"use strict";

const { RefusedCall } = require("./problem");
const { parseQuery } = require("./query");

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** A path, or a URL as in a request to a proxy; then the query. The fragment is ignored. */
const targetForm = /^([a-z][\w+.-]*:\/\/[^/?#]+)?(\/[^?#]*)?(?:\?([^#]*))?/i;

/**
 * Parses the path (still encoded) and the query of a call.
 *
 * @param {import("node:http").IncomingMessage} request
 * @throws RefusedCall
 */
exports.readTarget = ({ method = "", url = "" }) => {
  const [, origin, path, query] = targetForm.exec(url) ?? [];
  if (!methods.has(method) || (origin === undefined && path === undefined))
    throw new RefusedCall(404, "not_found", "Not found.");
  if (path !== undefined) requireDecodable(path);
  return { path: path ?? "/", query: query ? parseQuery(query) : {} };
};

/** @param {string} path */
function requireDecodable(path) {
  try {
    if (path.includes("%")) decodeURIComponent(path);
  } catch {
    throw new RefusedCall(400, "invalid_path", "The path is not valid percent-encoded UTF-8.");
  }
}
