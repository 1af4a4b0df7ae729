import { printable } from "@platform/shared/errors/printable";
import {
  InvalidEncodingError,
  InvalidJsonError,
  UnsupportedMediaTypeError,
} from "@platform/shared/errors/request-errors";
import { isJson, parseMediaType } from "@platform/shared/function/media-type";
import express, { type Request, type Response } from "express";
import * as v from "valibot";
import { NotDeployableError } from "../errors.ts";
import { isObject } from "../string-record.ts";
import { InvalidRequestError } from "./system-errors.ts";

/** Maximum entries of a list, so that Kubernetes can store the resulting object. */
const maxEntries = 100;

const readBytes = express.raw({ type: () => true, limit: "2mb" });

/**
 * Reads the JSON of a request; faas-cli sends application/json, and some clients no content type.
 * @throws UnsupportedMediaTypeError (415), InvalidEncodingError (400), InvalidJsonError (400); 413 above 2 MB
 */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  const contentType = request.headers["content-type"];
  const mediaType = contentType === undefined ? undefined : parseMediaType(contentType);
  if (contentType !== undefined && (mediaType === undefined || !isJson(mediaType))) {
    throw new UnsupportedMediaTypeError({ contentType, readable: "application/json" });
  }
  await new Promise<void>((resolve, reject) => {
    readBytes(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error)));
  });
  if (!Buffer.isBuffer(request.body)) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(request.body));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new InvalidJsonError({ cause });
    throw new InvalidEncodingError({ charset: "utf-8" });
  }
}

/** The schema of an optional text. As in Go's JSON, an absent, null or empty one becomes an empty text. */
export function optionalText(check: (text: string) => boolean = () => true, mustBe = "") {
  const isValid = (text: string) => text === "" || check(text);
  return v.nullish(v.pipe(v.string("must be a text"), v.check(isValid, describeInvalidValue(mustBe))), "");
}

/** The schema of a required text. */
export function requiredText(check: (text: string) => boolean, mustBe: string) {
  return v.pipe(v.string("must be a text"), v.check(check, describeInvalidValue(mustBe)));
}

/** Creates a message with the invalid value. Do not use it for possible secrets. */
export function describeInvalidValue(mustBe: string) {
  return ({ input }: { input: string | number }) =>
    `is ${typeof input === "string" ? `"${printable(input)}"` : input}; it ${mustBe}`;
}

/** The schema of a list of texts; an absent or null one becomes an empty list. */
export function textList() {
  const list = v.array(v.string("must be a text"), "must be a list of texts");
  return v.nullish(v.pipe(list, v.maxLength(maxEntries, `must have at most ${maxEntries} entries`)), []);
}

/** Lists the problems of a value, a clause each. */
export function toProblems(issues: readonly v.BaseIssue<unknown>[]): string[] {
  return issues.map((issue) => {
    const path = v.getDotPath(issue);
    if (path === null) return issue.message;
    return `${path} ${issue.input === undefined && issue.kind === "schema" ? "is missing" : issue.message}`;
  });
}

/** Runs a reader of a function's part, and returns its problem as a clause. */
export function listReadProblems(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof NotDeployableError)) throw error;
    return [error.message.replace(/\.$/, "")];
  }
}

/** @throws InvalidRequestError (400) with all problems */
export function parseBody<Output>(schema: v.GenericSchema<unknown, Output>, body: unknown): Output {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new InvalidRequestError({ problems: toProblems(result.issues) });
}

/** The schema of a body: an object with at least these keys. */
export function bodyObject<const Entries extends v.ObjectEntries>(entries: Entries) {
  const mustBe = "The body must be a JSON object";
  // looseObject accepts arrays as well.
  return v.pipe(v.custom<object>(isObject, mustBe), v.looseObject(entries, mustBe));
}
