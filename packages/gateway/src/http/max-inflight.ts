import { printable } from "@platform/shared/errors/printable";
import { NotDeployableError } from "./errors.ts";

const annotation = "max-inflight";

/**
 * Reads the limit of a function's calls in flight per gateway from the annotation `max-inflight`; undefined: no limit.
 * @throws NotDeployableError (400) when the annotation is not a number
 */
export function readMaxInflight(annotations: Readonly<Record<string, string>>): number | undefined {
  const text = annotations[annotation];
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new NotDeployableError({
    reason: `The annotation ${annotation} is "${printable(text)}"; it must be a whole number from 1 to 999999.`,
  });
}
