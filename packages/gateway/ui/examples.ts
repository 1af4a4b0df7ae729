/** A call to try. */
export interface Example {
  label: string;
  method: "GET" | "POST";
  /** Path and query below the function's URL, such as `?block=1`. */
  query: string;
  body: string;
}

const emptyCalls: readonly Example[] = [
  { label: "An empty call", method: "GET", query: "", body: "" },
  { label: "A body", method: "POST", query: "", body: "" },
];

let examples: Readonly<Record<string, readonly Example[]>> = {};

/** Loads the examples of all functions, which the build collects from functions/NAME/examples.json. */
export async function loadExamples(): Promise<void> {
  const response = await fetch("examples.json").catch(() => undefined);
  if (response?.ok) examples = (await response.json()) as typeof examples;
}

/** The examples of a function; one without examples gets empty calls. */
export function examplesOf(name: string): readonly Example[] {
  return examples[name] ?? emptyCalls;
}
