/** The Kubernetes API refused a call. */
export class KubernetesError extends Error {
  override readonly name = "KubernetesError";
  /** The HTTP status: 403 by RBAC or a policy, 404, 409 for a conflict, 422 for an invalid object … */
  readonly status: number;
  /** The API's reason, such as AlreadyExists. */
  readonly reason: string;

  constructor(facts: { status: number; reason: string; message: string }) {
    super(facts.message);
    this.status = facts.status;
    this.reason = facts.reason;
  }

  /** Converts the body of an error response, which is a Status. */
  static of(status: number, body: string, call: string): KubernetesError {
    const { message, reason } = parseStatus(body);
    return new KubernetesError({
      status,
      reason: reason ?? "",
      message: message ?? `the Kubernetes API answered ${status} to ${call}`,
    });
  }
}

/** Whether the error is 404: the object does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof KubernetesError && error.status === 404;
}

/** Whether the error is 409: the name is taken, or the object has changed concurrently. */
export function isConflict(error: unknown): boolean {
  return error instanceof KubernetesError && error.status === 409;
}

function parseStatus(body: string): { message?: string; reason?: string } {
  try {
    const status = JSON.parse(body) as { message?: unknown; reason?: unknown };
    return {
      ...(typeof status.message === "string" ? { message: status.message } : {}),
      ...(typeof status.reason === "string" ? { reason: status.reason } : {}),
    };
  } catch {
    return {};
  }
}
