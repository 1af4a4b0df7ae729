import type { JsonObject } from "../posts/json.ts";

/** A form in which posts come packed. The texts are the cells of its row in the README. */
export interface Wrapper {
  /** The object, in a few words of JSON. */
  form: string;
  /** Who writes it. */
  source: string;
  /**
   * What is packed in it: an array of several, or the one. Undefined when the value is none of this form.
   * @throws InvalidJsonError (400) when its content is to be a JSON text and is none.
   */
  open(value: JsonObject): unknown;
}
