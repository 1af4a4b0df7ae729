import type { JsonObject } from "../posts/json.ts";

/** A form of wrapped posts. Its texts are a row of the README table. */
export interface Wrapper {
  /** A sketch of the object in JSON. */
  form: string;
  /** The API or tool that produces it. */
  source: string;
  /**
   * Returns the content: an array, or a single value. Undefined when the value does not have this form.
   * @throws InvalidJsonError (400) when the content should be a JSON text, but is not.
   */
  open(value: JsonObject): unknown;
}
