/** Why an X-Callback-Url is refused; the message is for the caller. */
export class CallbackUrlError extends Error {}

/**
 * The URL of an X-Callback-Url, or undefined without one. It may lead to loopback or to a host of the list, lest
 * a caller makes the gateway call into its network.
 * @throws CallbackUrlError when it is no http URL or leads elsewhere.
 */
export function callbackUrl(header: string | undefined, allowedHosts: readonly string[]): URL | undefined {
  if (header === undefined || header === "") return undefined;
  if (!URL.canParse(header)) throw new CallbackUrlError("X-Callback-Url is not a URL.");
  const url = new URL(header);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new CallbackUrlError("X-Callback-Url must be an http or https URL.");
  }
  if (isLoopback(url.hostname) || allowedHosts.includes(url.hostname)) return url;
  throw new CallbackUrlError("X-Callback-Url may lead to loopback or a host named in CALLBACK_HOSTS only.");
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
