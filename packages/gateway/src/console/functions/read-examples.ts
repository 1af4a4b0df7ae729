import * as v from "valibot";
import type { Example } from "./view.ts";

const annotation = "examples";
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const maxExamples = 50;
const mustBe = 'a list of objects such as {"label": "A text", "method": "POST", "query": "", "body": "…"}';

const examples = v.pipe(
  v.array(
    v.strictObject({
      label: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
      method: v.optional(v.picklist(methods), "POST"),
      query: v.optional(v.pipe(v.string(), v.regex(/^([/?].*)?$/s)), ""),
      body: v.optional(v.unknown(), ""),
    }),
  ),
  v.maxLength(maxExamples),
);

/** The examples in a function's annotation `examples`, or its problem. */
interface AnnotatedExamples {
  /** null without the annotation. */
  examples: Example[] | null;
  /** A sentence; empty without a problem. */
  problem: string;
}

/** Reads the annotation `examples`: JSON in the form of functions/NAME/examples.json. */
export function readExamples(annotations: Readonly<Record<string, string>>): AnnotatedExamples {
  const text = annotations[annotation];
  if (text === undefined) return { examples: null, problem: "" };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { examples: null, problem: `The annotation ${annotation} is not JSON; it must be ${mustBe}.` };
  }
  const parsed = v.safeParse(examples, json);
  if (parsed.success) return { examples: parsed.output.map(toExample), problem: "" };
  const path = v.getDotPath(parsed.issues[0]) ?? "the top level";
  return {
    examples: null,
    problem: `The annotation ${annotation} is wrong at ${path}; it must be ${mustBe}.`,
  };
}

/** Serializes a body that is not a string as JSON. */
function toExample({ body, ...example }: v.InferOutput<typeof examples>[number]): Example {
  return { ...example, body: typeof body === "string" ? body : JSON.stringify(body) };
}
