import type { Tweet } from "../tweet.ts";
import type { JsonObject } from "./json.ts";

/** A form in which posts come. The texts are the cells of its row in the README. */
export interface PostForm {
  /** The network and the form. */
  form: string;
  /** The fields of the post's id. */
  id: string;
  date: string;
  author: string;
  /** The field that makes one version newer than another; "" where the form does not tell of edits. */
  version: string;
  /**
   * The post, or undefined when the value is none of this form.
   * @throws InvalidCreatedAtError, TextTooLongError (422).
   */
  parse(value: JsonObject): Tweet | undefined;
}
