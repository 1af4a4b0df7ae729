import { printable } from "@platform/shared/errors/printable";
import { NotDeployableError } from "./errors.ts";

const annotation = "max-inflight";

/**
 * The calls that a function may have in flight from one gateway, by its annotation `max-inflight`; undefined: any number.
 * @throws NotDeployableError (400) when the annotation is no number
 */
export function readMaxInflight(annotations: Readonly<Record<string, string>>): number | undefined {
  const text = annotations[annotation];
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new NotDeployableError({
    reason: `The annotation ${annotation} is "${printable(text)}"; it must be a whole number from 1 to 999999.`,
  });
}
