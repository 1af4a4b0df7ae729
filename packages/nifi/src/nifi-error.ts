/** A failure that is to be expected: its message is all that the user needs. */
export class NifiError extends Error {
  override readonly name: string = "NifiError";
}

/** NiFi did not answer. */
export class NifiUnreachableError extends NifiError {
  /** The system's name for why, such as ECONNREFUSED. */
  readonly code: string;

  constructor({ host, code, cause }: { host: string; code: string; cause: unknown }) {
    super(`NIFI_URL: NiFi at ${host} is out of reach (${code})`, { cause });
    this.code = code;
  }
}

/** NiFi's certificate is signed by an authority that is not known, or is not for this host. */
export class NifiCertificateError extends NifiError {
  constructor({ host, code, cause }: { host: string; code: string; cause: unknown }) {
    super(`NIFI_CA_FILE: the certificate of NiFi at ${host} cannot be trusted (${code})`, { cause });
  }
}

/** NiFi does not know the user, or does not let the user do this. */
export class NifiUnauthorizedError extends NifiError {
  constructor({ host, status, reason }: { host: string; status: number; reason: string }) {
    super(`NIFI_USERNAME, NIFI_PASSWORD: NiFi at ${host} says no (${status}${reason && `: ${reason}`})`);
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

const passingCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "ECONNABORTED",
]);
const passingStatuses = new Set([502, 503, 504]);
/** What NiFi answers, with 409, while it loads its flow, and to a change that another one has overtaken. */
const passingConflicts = /initializ|cluster|disconnected|up-to-date revision/i;

/** Is it an error that may be gone in a moment, as while NiFi starts? */
export function passes(error: unknown): boolean {
  if (error instanceof NifiUnreachableError) return passingCodes.has(error.code);
  if (!(error instanceof NifiAnswerError)) return false;
  return passingStatuses.has(error.status) || (isConflict(error) && passingConflicts.test(error.message));
}

/** Does NiFi say that something cannot be done as things are now? */
export function isConflict(error: unknown): boolean {
  return error instanceof NifiAnswerError && error.status === 409;
}
