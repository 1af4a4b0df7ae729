/** The statuses of errors. Up to 426 the caller must change the request; 429 and 5xx may succeed on a retry. */
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

/** What an error says besides its detail. */
export interface PlatformErrorOptions {
  /** HTTP status of the answer. */
  status: ErrorStatus;
  /** Stable name of the error in snake_case: what callers may compare with. */
  code: string;
  /** One sentence. Below 500 the caller reads it; from 500 up only the log does. */
  detail: string;
  /** Headers the answer needs because of this error, such as Allow. */
  headers?: Readonly<Record<string, string>>;
  /** What went wrong underneath; for the log only. */
  cause?: unknown;
}

/**
 * The base of every error that a function answers with. Subclasses take facts and make the sentence from
 * them; a detail names settings and hosts, never a URL's path, a key or a body.
 */
export class PlatformError extends Error {
  /** The class's own name; the bundles keep the names of classes. */
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
