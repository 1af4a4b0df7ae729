"use strict";

const { parse } = require("node:querystring");

/**
 * The parameters of a query or a form. A repeated one is an array; brackets in its name mean nothing; what is not UTF-8 in
 * percent-encoding stays as it is.
 *
 * @param {string} text
 */
exports.parseQuery = (text) => parse(text, "&", "=", { decodeURIComponent: decodeLeniently });

/** @param {string} text */
function decodeLeniently(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
