"use strict";

/**
 * Writes an error as a line of JSON to the function's log.
 *
 * @param {string} msg the event's name
 * @param {{ error: unknown, [fact: string]: unknown }} facts
 */
exports.logError = (msg, { error, ...facts }) => {
  const cause = error instanceof Error ? error.stack : String(error);
  console.error(
    JSON.stringify({ level: "error", time: new Date().toISOString(), msg, ...facts, error: cause }),
  );
};
