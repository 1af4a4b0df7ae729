import { useEffect, useState } from "preact/hooks";
import type { Example, FunctionDetail } from "../../src/console/functions/view.ts";
import { baseUrl } from "../shell/base-url.ts";

const emptyCalls: readonly Example[] = [
  { label: "An empty call", method: "GET", query: "", body: "" },
  { label: "A body", method: "POST", query: "", body: "" },
];

let loading: Promise<Readonly<Record<string, readonly Example[]>>> | undefined;

/** Loads the examples of stack.yml's functions, which the build collects from functions/NAME/examples.json. */
function loadExamples() {
  loading ??= fetch(new URL("examples.json", baseUrl)).then(
    (response) => (response.ok ? response.json() : {}),
    () => {
      loading = undefined;
      return {};
    },
  );
  return loading;
}

/** Returns the examples of a function: from its annotation, else from the build, else empty calls. Undefined while they load. */
export function useExamples({
  name,
  examples,
}: Pick<FunctionDetail, "name" | "examples">): readonly Example[] | undefined {
  const [built, setBuilt] = useState<Readonly<Record<string, readonly Example[]>>>();
  useEffect(() => {
    void loadExamples().then(setBuilt);
  }, []);
  if (examples !== null && examples.length > 0) return examples;
  if (built === undefined) return undefined;
  const own = Object.hasOwn(built, name) ? built[name] : undefined;
  return own === undefined || own.length === 0 ? emptyCalls : own;
}
