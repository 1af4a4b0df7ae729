import { useState } from "preact/hooks";
import type { Example } from "../../src/console/functions/view.ts";

const maxSaved = 50;

/** The examples of a function in the browser's storage. */
export interface SavedExamples {
  saved: readonly Example[];
  /** Saves an example, and replaces one with the same label. Returns whether the browser stored it. */
  save(example: Example): boolean;
  remove(label: string): void;
}

export function useSavedExamples(name: string): SavedExamples {
  const [saved, setSaved] = useState(() => readSaved(name));
  function store(examples: readonly Example[]): boolean {
    try {
      localStorage.setItem(storageKey(name), JSON.stringify(examples));
    } catch {
      return false;
    }
    setSaved(examples);
    return true;
  }
  return {
    saved,
    save: (example) =>
      store([...saved.filter(({ label }) => label !== example.label), example].slice(-maxSaved)),
    remove: (label) => void store(saved.filter((example) => example.label !== label)),
  };
}

function storageKey(name: string): string {
  return `examples:${name}`;
}

/** Validates stored examples, because other versions of this page may have a different format. */
function readSaved(name: string): readonly Example[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(name)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isExample) : [];
  } catch {
    return [];
  }
}

function isExample(value: unknown): value is Example {
  if (typeof value !== "object" || value === null) return false;
  const example = value as Record<keyof Example, unknown>;
  return [example.label, example.method, example.query, example.body].every(
    (text) => typeof text === "string",
  );
}
