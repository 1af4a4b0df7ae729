/** A normalised tweet or post of any API. */
export interface Tweet {
  /** A permanent identifier; undefined when the form has none. */
  id: string | undefined;
  text: string;
  createdAt: Date | undefined;
  /** Milliseconds since 1970; the newest version wins. Undefined for a form without edits. */
  version?: number | undefined;
  /** The author's handle, without the @. */
  handle: string | undefined;
  /** The author's display name. */
  user: string | undefined;
}
