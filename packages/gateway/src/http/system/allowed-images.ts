import { setting, withFacts } from "@platform/shared/config/setting";
import { list } from "@platform/shared/config/settings";
import * as v from "valibot";
import { ImageNotAllowedError } from "./system-errors.ts";

/** The setting ALLOWED_IMAGES. */
export function allowedImages() {
  const prefix = v.pipe(
    v.string(),
    v.regex(/^[a-zA-Z0-9][\w./:-]*[\w/]$/, "must be prefixes of images such as registry.example.com/me/"),
  );
  return setting(
    "prefixes of the images that may be deployed through the API; a prefix ends at a /, a tag or a digest",
    withFacts(v.optional(list(prefix)), { values: "prefixes, separated by commas" }),
    { unset: "any image" },
  );
}

/** @throws ImageNotAllowedError (403) when no prefix allows the image */
export function checkImageAllowed(image: string, prefixes: readonly string[] | undefined): void {
  if (prefixes === undefined || prefixes.some((prefix) => beginsWith(image, prefix))) return;
  throw new ImageNotAllowedError({ image, prefixes });
}

/** Compares whole parts: `host` allows `host/app`, but not `host.evil/app` or `host:5000/app`. */
function beginsWith(image: string, prefix: string): boolean {
  if (!image.startsWith(prefix)) return false;
  return prefix.endsWith("/") || /^([/@].*|:[^/]*)?$/.test(image.slice(prefix.length));
}
