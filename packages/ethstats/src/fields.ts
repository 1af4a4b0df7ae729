import * as v from "valibot";

/** Longer texts are truncated. */
const maxTextLength = 200;
const integerText = /^(?:0x[0-9a-f]{1,128}|\d{1,100})$/i;

/** Whether the value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with these fields; an absent field is null. Other fields are dropped. */
export function record<const Entries extends v.ObjectEntries>(entries: Entries) {
  const keys = Object.keys(entries);
  return v.pipe(
    v.custom<Record<string, unknown>>(isRecord, "an object"),
    v.transform((input) => {
      const fields = Object.fromEntries(keys.map((key) => [key, input[key] ?? null]));
      return fields as v.InferInput<v.ObjectSchema<Entries, undefined>>;
    }),
    v.object(entries),
  );
}

/** An optional field: null when it is absent or has an unknown form. */
export function maybe<Schema extends v.GenericSchema>(schema: Schema) {
  return v.fallback(v.nullable(schema), null as never);
}

/** A field parsed by `read`; `expected` is the message when it returns undefined. */
function parsedBy<Value>(expected: string, read: (value: unknown) => Value | undefined) {
  return v.pipe(
    v.unknown(),
    v.rawTransform<unknown, Value>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value);
      if (value !== undefined) return value;
      addIssue({ message: expected });
      return NEVER;
    }),
  );
}

/** An integer that is not negative: a JSON number, decimal text, or hexadecimal text that begins with 0x. */
export const integer = parsedBy("an integer below 2^53: number, decimal text or 0x-hex", (value) => {
  const read = toInteger(value);
  return typeof read === "number" ? read : undefined;
});

/** An integer of any size, with all digits: a BigInt from 2^53. */
export const quantity = parsedBy("an integer: number, decimal text or 0x-hex", toInteger);

/** Milliseconds, rounded. */
export const milliseconds = parsedBy("milliseconds: number or decimal text", (value) => {
  const number = typeof value === "string" && /^\d{1,12}(\.\d{1,20})?$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && number >= 0 && number < 1e9) return Math.round(number);
  return typeof value === "string" ? shortDuration(toInteger(value)) : undefined;
});

/** Text, or a number as text. */
export const text = parsedBy("text", (value) => {
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return typeof value === "string" ? value.slice(0, maxTextLength) : undefined;
});

/** A boolean. Primus-style reporters send the progress of `syncing` as an object. */
export const flag = parsedBy("true or false", (value) => {
  if (typeof value === "boolean") return value;
  if (isRecord(value) || value === "true" || value === 1) return true;
  return value === "false" || value === 0 ? false : undefined;
});

/** The number of items in a list; some reporters send only the number. */
export const count = parsedBy("a list or a count", (value) => {
  if (Array.isArray(value)) return value.length;
  const read = toInteger(value);
  return typeof read === "number" ? read : undefined;
});

/** A hash of 32 bytes, in lower case. */
export const hash = parsedBy("a hash of 64 hex digits", (value) => {
  const digits = typeof value === "string" ? /^(?:0x)?([0-9a-f]{64})$/i.exec(value)?.[1] : undefined;
  return digits === undefined ? undefined : `0x${digits.toLowerCase()}`;
});

/** An address of 20 bytes, in its original case. */
export const address = parsedBy("an address of 40 hex digits", (value) =>
  typeof value === "string" && /^0x[0-9a-f]{40}$/i.test(value) ? value : undefined,
);

/** Describes an invalid field without its value: `info.name: expected text, got null`. */
export function toProblem(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  const problem = `expected ${issue.message}, got ${describeKind(issue.input)}`;
  return path === null ? problem : `${path}: ${problem}`;
}

function describeKind(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return value === "" ? "empty text" : `text of length ${value.length}`;
  return typeof value === "object" ? "an object" : `a ${typeof value === "bigint" ? "number" : typeof value}`;
}

function toInteger(value: unknown): number | bigint | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value >= 0 ? value : undefined;
  const readable = typeof value === "string" ? integerText.test(value) : typeof value === "bigint";
  if (!readable && !(typeof value === "number" && Number.isInteger(value))) return undefined;
  const read = BigInt(value as string | number | bigint);
  if (read < 0n) return undefined;
  return read <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(read) : read;
}

function shortDuration(value: number | bigint | undefined): number | undefined {
  return typeof value === "number" && value < 1e9 ? value : undefined;
}
