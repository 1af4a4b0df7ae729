import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestHandler } from "express";

/** Marks the links of index.html that depend on the depth of the requested path. */
const marker = "{base}";

/**
 * Answers every path without a file with the page, which shows the view of that path. So `/ui/topics/twitter` can be shared
 * and reloaded. Links to scripts and styles are relative, so the console works behind a proxy's path prefix.
 */
export function pageRoute(publicFolder: string): RequestHandler {
  const html = readFileSync(join(publicFolder, "index.html"), "utf8");
  return (request, response, next) => {
    if (!["GET", "HEAD"].includes(request.method) || !request.accepts("html")) return next();
    const depth = request.path.split("/").length - 2;
    const base = depth === 0 ? "./" : "../".repeat(depth);
    response.type("html").set("cache-control", "no-cache").send(html.replaceAll(marker, base));
  };
}
