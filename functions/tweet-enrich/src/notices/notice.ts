import type { Skipped } from "@platform/shared/function/batch";
import type { JsonObject } from "../posts/json.ts";

/** A form of messages without a text, which streams send among the posts. The texts are the cells of its row in the README. */
export interface Notice {
  /** The network and what it tells. */
  form: string;
  /** The reasons that are answered, in snake_case. */
  reasons: readonly string[];
  /** What is skipped, or undefined when the value is none of this form. */
  read(value: JsonObject): Skipped | undefined;
}
