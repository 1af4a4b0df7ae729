import { PlatformError } from "@platform/shared/errors/platform-error";

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: "unknown host name; is the internet reachable?",
  EAI_AGAIN: "no DNS server answers; is the internet reachable?",
  ENETUNREACH: "the network is unreachable; is the internet reachable?",
  EHOSTUNREACH: "the host is unreachable",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  ETIMEDOUT: "no answer in time",
};

/** Describes a lost or failed connection, without a full stop. */
export function describeLoss(host: string, error: unknown): string {
  if (error instanceof PlatformError) return error.message.replace(/\.$/, "");
  const code = findCode(error);
  const reason = code === undefined ? firstLine(error) : (reasons[code] ?? code);
  return `cannot reach ${host}: ${reason}`;
}

/** Finds the code of an error or of its causes, as in errors of fetch. */
function findCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 5) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === "string" && /^E[A-Z_]+$/.test(code)) return code;
  const [member] = Array.isArray(errors) ? errors : [];
  return findCode(cause, depth + 1) ?? findCode(member, depth + 1);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
}
