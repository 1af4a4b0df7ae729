import { withoutUrls } from "../errors/describe-error.ts";

/** Makes the message of a node's error safe for the log. */
export type CleanMessage = (text: string) => string;

/** Enough to recognise an error. */
const maxLength = 1_000;

/**
 * Creates a cleaner for the error messages of the node with this URL. It returns one line without control characters and HTML
 * tags, and reduces URLs to their host. It also hides the secrets of the node's own URL, which nodes and gateways repeat in errors.
 */
export function createMessageCleaner(url: URL): CleanMessage {
  const secrets = findSecrets(url);
  return (text) => {
    const plain = /^\s*</.test(text) ? withoutTags(text) : text;
    const line = withoutUrls(plain)
      .replace(/[\p{C}\s]+/gu, " ")
      .trim();
    return secrets.reduce((message, secret) => message.replaceAll(secret, "…"), line).slice(0, maxLength);
  };
}

/** Cuts a text to a length, with an ellipsis and without half a surrogate pair. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** User, password, path segments and parameters, each of which may be a key. Short parts, such as `v3`, are not. */
function findSecrets({ username, password, pathname, searchParams }: URL): string[] {
  const parts = [...pathname.split("/"), ...searchParams.values()].filter((part) => part.length >= 6);
  const credentials = [username, password].filter((part) => part.length >= 3);
  const secrets = [...parts, ...credentials];
  return [...new Set([...secrets, ...secrets.map(decode)])].sort((a, b) => b.length - a.length);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutTags(html: string): string {
  return html.replace(/<(style|script)\b.*?<\/\1>|<!--.*?-->|<[^>]*>/gis, " ");
}
