/** The statuses of errors. Up to 426, the caller must change the request; 429 and 5xx may succeed on a retry. */
export type ErrorStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 413
  | 415
  | 422
  | 426
  | 429
  | 500
  | 501
  | 502
  | 503
  | 504;

/** The parts of a PlatformError. */
export interface PlatformErrorOptions {
  /** The HTTP status of the response. */
  status: ErrorStatus;
  /** The stable name of the error in snake_case, for callers to compare. */
  code: string;
  /** One sentence. A function's 4xx response contains it; for 5xx, only the log has it. */
  detail: string;
  /** Headers of the response, such as Allow. */
  headers?: Readonly<Record<string, string>>;
  /** The underlying error, for the log only. */
  cause?: unknown;
}

/**
 * The base class of all errors of functions and services. Subclasses take facts and build the sentence. A detail names settings
 * and hosts, never a URL's path, a key or a body.
 */
export class PlatformError extends Error {
  /** The name of the subclass. Bundles keep class names. */
  override readonly name: string;
  readonly status: ErrorStatus;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, detail, headers = {}, cause }: PlatformErrorOptions) {
    super(detail, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
