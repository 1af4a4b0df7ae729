import type { RequestHandler } from "express";

/** Lets a page load resources only from its own server, and forbids frames. */
export const pageHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    "content-security-policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  next();
};
