import { Skipped } from "@platform/shared/function/batch";

/** A notice that a post was deleted. With APPLY_DELETIONS, the document of the post is removed. */
export class Deletion extends Skipped {
  /** The id of the deleted post; see Tweet.id. */
  readonly id: string;

  constructor(id: string) {
    super("delete");
    this.id = id;
  }
}
