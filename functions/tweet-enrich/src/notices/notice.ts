import type { Skipped } from "@platform/shared/function/batch";
import type { JsonObject } from "../posts/json.ts";

/** A form of messages without a text that streams send between posts. Its texts are a row of the README table. */
export interface Notice {
  /** The network and the kind of message. */
  form: string;
  /** The values of `skipped` in the answer, in snake_case. */
  reasons: readonly string[];
  /** Reads a notice; undefined when the value does not have this form. */
  read(value: JsonObject): Skipped | undefined;
}
