import { useState } from "preact/hooks";
import type { Example } from "../../src/console/functions/view.ts";
import { Field } from "../parts/field.tsx";
import type { SavedExamples } from "./saved-examples.ts";

/** Options of ExamplePicker. */
interface ExamplePickerOptions {
  examples: readonly Example[];
  saved: SavedExamples;
  /** The call in the form, with the label of its example. */
  call: Example;
  onChoose: (example: Example) => void;
}

/** Chooses an example of the function, or one saved in this browser. */
export function ExamplePicker({ examples, saved: kept, call, onChoose }: ExamplePickerOptions) {
  const { saved, save, remove } = kept;
  const [problem, setProblem] = useState("");
  const isSaved = saved.some(({ label }) => label === call.label);

  function choose(label: string): void {
    const example = [...saved, ...examples].find((candidate) => candidate.label === label);
    if (example !== undefined) onChoose(example);
  }

  function saveAs(label: string): void {
    const example = { ...call, label };
    const isStored = save(example);
    setProblem(isStored ? "" : "The browser could not save the example.");
    if (isStored) onChoose(example);
  }

  return (
    <>
      <div class="row">
        <Field label="Example">
          <select value={call.label} onChange={({ currentTarget }) => choose(currentTarget.value)}>
            {saved.length > 0 && <Group label="Saved in this browser" examples={saved} />}
            <Group
              label="Of the function"
              examples={examples.filter(({ label }) => !saved.some((example) => example.label === label))}
            />
          </select>
        </Field>
        {isSaved && (
          <button
            type="button"
            onClick={() => {
              remove(call.label);
              if (examples[0] !== undefined) onChoose(examples[0]);
            }}
          >
            Delete this example
          </button>
        )}
      </div>
      <details>
        <summary>Save as an example</summary>
        <SaveForm label={isSaved ? call.label : ""} onSave={saveAs} />
        {problem !== "" && (
          <p class="bad" role="alert">
            {problem}
          </p>
        )}
      </details>
    </>
  );
}

function Group({ label, examples }: { label: string; examples: readonly Example[] }) {
  return (
    <optgroup label={label}>
      {examples.map((example) => (
        <option key={example.label} value={example.label}>
          {example.label}
        </option>
      ))}
    </optgroup>
  );
}

/** Not a form element, because it is inside one. */
function SaveForm({ label, onSave }: { label: string; onSave: (label: string) => void }) {
  const [text, setText] = useState(label);
  const trimmed = text.trim();
  return (
    <div class="row">
      <Field label="Name of the example">
        <input
          type="text"
          maxLength={200}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            if (trimmed !== "") onSave(trimmed);
          }}
        />
      </Field>
      <button type="button" disabled={trimmed === ""} onClick={() => onSave(trimmed)}>
        Save
      </button>
    </div>
  );
}
