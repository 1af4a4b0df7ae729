import { Skipped } from "@platform/shared/function/batch";

/** A stream's notice that a post was deleted. It is skipped; where deletions are applied, its document is removed. */
export class Deletion extends Skipped {
  /** The id of the deleted post, as `Tweet.id`. */
  readonly id: string;

  constructor(id: string) {
    super("delete");
    this.id = id;
  }
}
