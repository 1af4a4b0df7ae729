import * as v from "valibot";

const set = v.string("is not set");

/** A whole number within bounds, or the fallback when it is unset. */
export function integer({ fallback, min, max }: { fallback: number; min: number; max: number }) {
  const range = `must be a whole number from ${min} to ${max}`;
  return v.optional(
    v.pipe(
      set,
      v.regex(/^\d{1,15}$/, range),
      v.transform(Number),
      v.minValue(min, range),
      v.maxValue(max, range),
    ),
    String(fallback),
  );
}

/** `true` or `false`; unset is false. */
export function flag() {
  return v.optional(
    v.pipe(
      set,
      v.picklist(["true", "false"], "must be true or false"),
      v.transform((text) => text === "true"),
    ),
    "false",
  );
}

/** One of some names, or the fallback when it is unset. */
export function oneOf<const Names extends readonly [string, ...string[]]>(
  names: Names,
  fallback: Names[number],
) {
  return v.optional(v.pipe(set, v.picklist(names, `must be one of ${names.join(", ")}`)), fallback);
}

/** The URL of an HTTP server. It must be set. */
export function httpUrl() {
  return v.pipe(set, v.check(isHttpUrl, "must be an http or https URL"));
}

/** The URLs of HTTP servers, with commas. It must be set. */
export function httpUrls() {
  return listOf(httpUrl());
}

/** Several of something, with commas. It must be set. */
export function listOf<Item>(item: v.GenericSchema<string, Item>) {
  return v.pipe(
    set,
    v.transform((text) => text.split(",").map((part) => part.trim())),
    v.array(item),
  );
}

const unit = { ms: 1, s: 1_000, m: 60_000 } as const;

/** A span of time written as Go and OpenFaaS do (`500ms`, `5s`, `1m`), in milliseconds. */
export function duration(fallback: string) {
  return v.optional(
    v.pipe(
      set,
      v.regex(/^\d{1,6}(ms|s|m)$/, "must be a time such as 500ms, 5s or 1m"),
      v.transform((text) => {
        const [, count, name] = /^(\d+)(ms|s|m)$/.exec(text) as unknown as [
          string,
          string,
          keyof typeof unit,
        ];
        return Number(count) * unit[name];
      }),
    ),
    fallback,
  );
}

/** The name of a secret, which is a file in SECRETS_DIR; unset means none. */
export function secretName() {
  return v.optional(
    v.pipe(set, v.regex(/^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/, "must be the name of a secret")),
  );
}

/** The name of an HTTP header, in lower case, or the fallback when it is unset. */
export function headerName(fallback: string) {
  return v.optional(
    v.pipe(set, v.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "must be the name of a header"), v.toLowerCase()),
    fallback.toLowerCase(),
  );
}

/** A folder, or the fallback when it is unset. */
export function folder(fallback: string) {
  return v.optional(set, fallback);
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
