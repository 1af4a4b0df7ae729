/** What the platform needs of a tweet or post, whichever API it came from. */
export interface Tweet {
  /** What names it for ever, the same each time that it comes; undefined where nothing does. */
  id: string | undefined;
  text: string;
  createdAt: Date | undefined;
  /** Milliseconds since 1970: the newest version wins. Undefined where the form does not tell of edits. */
  version?: number | undefined;
  /** The author's handle, without the @. */
  handle: string | undefined;
  /** The author's display name. */
  user: string | undefined;
}
