import { toSourceStack } from "./source-stack.ts";

/** An error in the log. */
export interface ErrorDescription {
  name: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ErrorDescription;
}

const deepestCause = 5;

/**
 * Describes an error for the log, with its name, code, message, stack and causes only: clients attach whole requests to their
 * errors. URLs are reduced to scheme and host, because they may contain a password or a key. Stack traces name the source files.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { name: typeof error, message: withoutUrls(asText(error)) };
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    message: withoutUrls(error.message),
    ...(typeof code === "string" ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: withoutUrls(toSourceStack(error.stack)) }),
    ...(error.cause === undefined || depth >= deepestCause
      ? {}
      : { cause: describeError(error.cause, depth + 1) }),
  };
}

/** Reduces every URL in a text to its scheme and host. */
export function withoutUrls(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*):\/\/([^\s"'`<>]*)/gi, (_, scheme: string, rest: string) => {
    // After the last @, because an unescaped password may contain slashes.
    const host = rest.slice(rest.lastIndexOf("@") + 1).split(/[/?#]/, 1)[0] ?? "";
    return scheme.toLowerCase() === "file" ? `${scheme}://${rest}` : `${scheme}://${host}`;
  });
}

function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "a value without a text form";
  }
}
