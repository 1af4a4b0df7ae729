import { PlatformError } from "@platform/shared/errors/platform-error";

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is unknown; is the internet reachable?",
  EAI_AGAIN: "no name server answers; is the internet reachable?",
  ENETUNREACH: "the network is unreachable; is the internet reachable?",
  EHOSTUNREACH: "the host is unreachable",
  ECONNREFUSED: "it refuses connections",
  ECONNRESET: "it reset the connection",
  ETIMEDOUT: "it does not answer in time",
};

/** Why a feed has no connection, as a sentence without the full stop. */
export function describeLoss(host: string, error: unknown): string {
  if (error instanceof PlatformError) return error.message.replace(/\.$/, "");
  const code = codeOf(error);
  const reason = code === undefined ? firstLine(error) : (words[code] ?? code);
  return `cannot reach ${host}: ${reason}`;
}

/** The code of an error or of what caused it, such as fetch's. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 5) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === "string" && /^E[A-Z_]+$/.test(code)) return code;
  const [member] = Array.isArray(errors) ? errors : [];
  return codeOf(cause, depth + 1) ?? codeOf(member, depth + 1);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
}
