import * as v from "valibot";

/** The schema of an object with texts as values; an absent or null one becomes empty. `v.record` would drop keys such as `prototype`. */
export function stringRecord(mustBe = "must be an object whose values are texts") {
  return v.nullish(v.custom<Readonly<Record<string, string>>>(isStringRecord, mustBe), {});
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStringRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((entry) => typeof entry === "string");
}
