import { useEffect, useState } from "preact/hooks";
import type { FilterChanges } from "./document-query.ts";

interface SearchBoxOptions {
  query: URLSearchParams;
  change: (changes: FilterChanges) => void;
  /** The problem of the search. */
  problem: string | undefined;
}

const examples: readonly (readonly [search: string, meaning: string])[] = [
  ["kind morning", "both words, in any order and case"],
  ['"good morning"', "the words next to each other"],
  ["rain OR snow", "one of the words"],
  ["coffee NOT (bad OR cold)", "the one without the others"],
  ["author:ada", "posts of an author; also user, id, index"],
  ["polarity:>0.5 sentences:>=2", "comparisons with numbers; also subjectivity"],
  ["polarity:[-0.5 TO 0.5}", "a range: [ ] include their bound, { } exclude it, * is none"],
  ["created:2026-01-31", "a day, month or year; scored:>2026-01-31T12:00 is a time (UTC)"],
];

/** The search field with help for its syntax. */
export function SearchBox({ query, change, problem }: SearchBoxOptions) {
  const current = query.get("q") ?? "";
  const [text, setText] = useState(current);
  useEffect(() => setText(current), [current]);
  return (
    <search class="documents-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change({ q: text.trim() });
        }}
      >
        <div class="documents-box">
          <label class="unseen" for="documents-q">
            Search documents
          </label>
          <input
            id="documents-q"
            type="search"
            placeholder={'Words, "a phrase", author:ada, polarity:>0.5'}
            autocomplete="off"
            spellcheck={false}
            value={text}
            aria-invalid={problem !== undefined}
            aria-describedby="documents-problem"
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
          <button type="submit" class="main">
            Search
          </button>
        </div>
        <p id="documents-problem" class="bad" role="alert">
          {problem}
        </p>
      </form>
      <details>
        <summary>How to search</summary>
        <dl class="documents-help">
          {examples.map(([search, meaning]) => (
            <div key={search}>
              <dt>
                <code>{search}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
    </search>
  );
}
