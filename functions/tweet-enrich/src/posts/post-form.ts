import type { Tweet } from "../tweet.ts";
import type { JsonObject } from "./json.ts";

/** A form of posts. Its texts are a row of the README table. */
export interface PostForm {
  /** The network and the form. */
  form: string;
  /** The fields that contain the id of the post. */
  id: string;
  date: string;
  author: string;
  /** The field that orders the versions of a post; "" for a form without edits. */
  version: string;
  /**
   * Parses a post; returns undefined when the value does not have this form.
   * @throws InvalidCreatedAtError, TextTooLongError (422).
   */
  parse(value: JsonObject): Tweet | undefined;
}
