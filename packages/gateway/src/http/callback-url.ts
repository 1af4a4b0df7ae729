import { CallbackUrlError } from "./errors.ts";
import { isLoopback } from "./loopback.ts";

/**
 * Parses X-Callback-Url; undefined without one. Only loopback and listed hosts are permitted, which prevents
 * server-side request forgery.
 * @throws CallbackUrlError (400) when it is not an http(s) URL, or names another host
 */
export function callbackUrl(header: string | undefined, allowedHosts: readonly string[]): URL | undefined {
  if (header === undefined || header === "") return undefined;
  if (!URL.canParse(header)) throw new CallbackUrlError({ reason: "is not a URL" });
  const url = new URL(header);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new CallbackUrlError({ reason: "must be an http or https URL" });
  }
  if (isLoopback(url.hostname) || allowedHosts.includes(url.hostname)) return url;
  throw new CallbackUrlError({ reason: "must name loopback or a host in CALLBACK_HOSTS" });
}
