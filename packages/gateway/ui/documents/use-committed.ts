import { useEffect, useState } from "preact/hooks";

/**
 * Keeps the text of a field across updates of the page until the user leaves the field or presses Enter. Returns the
 * properties of the input.
 */
export function useCommitted(value: string, commit: (text: string) => void) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return {
    value: text,
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) => setText(currentTarget.value),
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => commit(currentTarget.value),
  };
}
