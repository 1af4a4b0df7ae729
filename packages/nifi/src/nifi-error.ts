/** An expected failure: the command prints its message without a stack trace. */
export class NifiError extends Error {
  override readonly name: string = "NifiError";
}

/** NiFi did not answer. */
export class NifiUnreachableError extends NifiError {
  /** The system's error code, such as ECONNREFUSED. */
  readonly code: string;

  constructor({ host, code, cause }: { host: string; code: string; cause: unknown }) {
    super(`NIFI_URL: NiFi at ${host} is out of reach (${code})`, { cause });
    this.code = code;
  }
}

/** The certificate of NiFi has an unknown authority or another host name. */
export class NifiCertificateError extends NifiError {
  constructor({ host, code, cause }: { host: string; code: string; cause: unknown }) {
    super(`NIFI_CA_FILE: the certificate of NiFi at ${host} cannot be trusted (${code})`, { cause });
  }
}

/** NiFi does not know the user, or the user lacks a permission. */
export class NifiUnauthorizedError extends NifiError {
  constructor({ host, status, reason }: { host: string; status: number; reason: string }) {
    super(
      `NIFI_USERNAME, NIFI_PASSWORD: NiFi at ${host} refuses access (${status}${reason && `: ${reason}`})`,
    );
  }
}

/** NiFi answered with an error. */
export class NifiAnswerError extends NifiError {
  readonly status: number;

  constructor({ host, status, reason }: { host: string; status: number; reason: string }) {
    super(`NiFi at ${host} answered ${status}${reason && `: ${reason}`}`);
    this.status = status;
  }
}

const transientCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "ECONNABORTED",
]);
const transientStatuses = new Set([502, 503, 504]);
/** Messages of a 409 while NiFi loads its flow, or after a concurrent change. */
const transientConflicts = /initializ|cluster|disconnected|up-to-date revision/i;

/** The message of a 500 while the only node of a cluster joins it. NiFi has sent the request to no node then. */
const withoutNodes = /no nodes are connected/i;

/** Whether an error is transient, as while NiFi starts. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NifiUnreachableError) return transientCodes.has(error.code);
  if (!(error instanceof NifiAnswerError)) return false;
  const { status, message } = error;
  if (isConflict(error)) return transientConflicts.test(message);
  return transientStatuses.has(status) || (status === 500 && withoutNodes.test(message));
}

/** Whether NiFi refuses a request because of its current state (409). */
export function isConflict(error: unknown): boolean {
  return error instanceof NifiAnswerError && error.status === 409;
}
