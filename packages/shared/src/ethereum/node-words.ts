import { withoutUrls } from "../errors/describe-error.ts";

/** Cleans the text of a node's error: what it returns may go to the log. */
export type CleanWords = (text: string) => string;

/** Enough to recognise what an error is about. */
const longestWords = 1_000;

/**
 * Cleans the errors of the node with this URL: one line without control characters, HTML tags, URLs beyond their host,
 * and without the secrets that the node's own URL holds, which nodes and gateways repeat in their errors.
 */
export function cleanWordsOf(url: URL): CleanWords {
  const secrets = secretsOf(url);
  return (text) => {
    const plain = /^\s*</.test(text) ? withoutTags(text) : text;
    const line = withoutUrls(plain)
      .replace(/[\p{C}\s]+/gu, " ")
      .trim();
    return secrets.reduce((words, secret) => words.replaceAll(secret, "…"), line).slice(0, longestWords);
  };
}

/** A text of at most so many characters. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** User, password, path segments and parameters: a key may be in each. Short ones are none, but `v3` and the like. */
function secretsOf({ username, password, pathname, searchParams }: URL): string[] {
  const parts = [...pathname.split("/"), ...searchParams.values()].filter((part) => part.length >= 6);
  const credentials = [username, password].filter((part) => part.length >= 3);
  const secrets = [...parts, ...credentials];
  return [...new Set([...secrets, ...secrets.map(decoded)])].sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function withoutTags(html: string): string {
  return html.replace(/<(style|script)\b.*?<\/\1>|<!--.*?-->|<[^>]*>/gis, " ");
}
