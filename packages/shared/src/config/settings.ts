import * as v from "valibot";
import { parseDuration } from "./duration.ts";
import { withFacts } from "./setting.ts";

/** The text of a setting that must be set. */
export function text() {
  return v.string("is not set");
}

/** A whole number within bounds, or the fallback when it is unset. */
export function integer({ fallback, min, max, unit }: IntegerOptions) {
  const range = `must be a whole number from ${min} to ${max}`;
  const schema = v.optional(
    v.pipe(
      text(),
      v.regex(/^\d{1,15}$/, range),
      v.transform(Number),
      v.minValue(min, range),
      v.maxValue(max, range),
    ),
    String(fallback),
  );
  return withFacts(schema, { values: `${min} to ${max}${unit === undefined ? "" : ` ${unit}`}` });
}

/** The bounds of an integer, which `--help` shows with their unit. */
export interface IntegerOptions {
  fallback: number;
  min: number;
  max: number;
  /** The unit, such as `bytes`; unset if the description has it. */
  unit?: string;
}

/** `true` or `false`; unset is false, unless the fallback says otherwise. */
export function flag(fallback = false) {
  const schema = v.pipe(
    text(),
    v.picklist(["true", "false"], "must be true or false"),
    v.transform((value) => value === "true"),
  );
  return withFacts(v.optional(schema, fallback ? "true" : "false"), { values: "true or false" });
}

/** One of some names, or the fallback when it is unset. */
export function choice<const Names extends readonly [string, ...string[]]>(
  names: Names,
  fallback: Names[number],
) {
  const schema = v.pipe(text(), v.picklist(names, `must be one of ${names.join(", ")}`));
  return withFacts(v.optional(schema, fallback), { values: names.join(", ") });
}

/** The URL of an HTTP server. It must be set. */
export function httpUrl() {
  const schema = v.pipe(text(), v.check(isHttpUrl, "must be an http or https URL"));
  return withFacts(schema, { values: "a URL" });
}

/** The URLs of JSON-RPC servers over HTTP or WebSocket, separated by commas. It must be set. */
export function nodeUrls() {
  const isNodeUrl = (value: string) => /^(https?|wss?):\/\//i.test(value) && URL.canParse(value);
  const schema = v.pipe(text(), v.check(isNodeUrl, "must be an http, https, ws or wss URL"));
  return withFacts(list(schema), { values: "http, https, ws or wss URLs, separated by commas" });
}

/** Several items, separated by commas. It must be set. */
export function list<Item>(item: v.GenericSchema<string, Item>) {
  return v.pipe(
    text(),
    v.transform((value) => value.split(",").map((part) => part.trim())),
    v.array(item),
  );
}

/** Node.js fires timers with a longer delay at once. */
const maxTimerMs = 2_147_483_647;

/** A duration as Go and OpenFaaS write it (`500ms`, `5s`, `1m30s`), in milliseconds. */
export function duration(fallback: string) {
  const schema = v.pipe(
    text(),
    v.transform(parseDuration),
    v.number("must be a duration such as 500ms, 5s or 1m30s"),
    v.maxValue(maxTimerMs, "must be at most 596h"),
  );
  return withFacts(v.optional(schema, fallback), { values: "a duration" });
}

/** A duration above 0, in milliseconds. */
export function positiveDuration(fallback: string) {
  const schema = v.pipe(duration(fallback), v.minValue(1, "must be more than 0"));
  return withFacts(schema, { values: "a duration above 0" });
}

/** The name of a secret, which is a file in SECRETS_DIR; unset means none. */
export function secretName() {
  const schema = v.pipe(
    text(),
    v.regex(/^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/, "must be the name of a secret"),
  );
  return withFacts(v.optional(schema), { values: "the name of a secret" });
}

/** The name of an HTTP header, in lower case, or the fallback when it is unset. */
export function headerName(fallback: string) {
  const schema = v.pipe(
    text(),
    v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "must be the name of a header"),
    v.toLowerCase(),
  );
  return withFacts(v.optional(schema, fallback), { values: "the name of a header" });
}

/** A folder, or the fallback when it is unset. */
export function folder(fallback: string) {
  return withFacts(v.optional(text(), fallback), { values: "a folder" });
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
