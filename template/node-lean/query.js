"use strict";

const { parse } = require("node:querystring");

/**
 * Parses a query or a form. A repeated parameter becomes an array. Brackets in names have no meaning. Invalid
 * percent-encoding stays unchanged.
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
