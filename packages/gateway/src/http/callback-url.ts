import { CallbackUrlError } from "./errors.ts";
import { isLoopback } from "./loopback.ts";

/**
 * The URL of an X-Callback-Url, or undefined without one. It may lead to loopback or to a host of the list, so that
 * no caller makes the gateway call into its network.
 * @throws CallbackUrlError (400) when it is no http URL or leads elsewhere.
 */
export function callbackUrl(header: string | undefined, allowedHosts: readonly string[]): URL | undefined {
  if (header === undefined || header === "") return undefined;
  if (!URL.canParse(header)) throw new CallbackUrlError({ reason: "is not a URL" });
  const url = new URL(header);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new CallbackUrlError({ reason: "must be an http or https URL" });
  }
  if (isLoopback(url.hostname) || allowedHosts.includes(url.hostname)) return url;
  throw new CallbackUrlError({ reason: "may lead to loopback or a host named in CALLBACK_HOSTS only" });
}
