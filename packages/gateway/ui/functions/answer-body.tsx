import { useEffect, useMemo, useState } from "preact/hooks";
import { bytesText, countedText } from "../parts/format.ts";
import { prettyJson } from "../parts/pretty-json.ts";
import { foldHex } from "./fold-hex.ts";

/** Maximum characters at first. */
const shownAtFirst = 100_000;
/** Maximum displayed bytes; larger bodies can only be downloaded. */
const maxShown = 2_000_000;

/** Options of AnswerBody. */
interface AnswerBodyOptions {
  body: Blob;
  /** The content type. */
  type: string;
  label: string;
  /** The size of the whole body, if `body` is only its beginning. */
  bytes?: number;
}

/** The body of an answer: formatted JSON with collapsed long values, truncated text, or bytes to download. */
export function AnswerBody({ body, type, label, bytes = body.size }: AnswerBodyOptions) {
  const text = useText(body);
  const [isWhole, setWhole] = useState(false);
  const [isFolding, setFolding] = useState(true);
  const pretty = useMemo(
    () => (text !== undefined && /\bjson\b/.test(type) ? prettyJson(text) : text),
    [text, type],
  );
  const { text: folded, folded: count } = useMemo(() => foldHex(pretty ?? ""), [pretty]);
  if (bytes === 0) return <p class="quiet">The body is empty.</p>;
  const chosen = isFolding ? folded : (pretty ?? "");
  const isCut = !isWhole && chosen.length > shownAtFirst;
  return (
    <div class="functions-body">
      {text === undefined ? (
        <p class="quiet">The body is not text: {bytesText(bytes)}.</p>
      ) : (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long answer scrolls, and the keyboard must reach it
          tabIndex={0}
          aria-label={label}
        >
          <pre>{isCut ? cut(chosen, shownAtFirst) : chosen}</pre>
        </section>
      )}
      <div class="row">
        {count > 0 && (
          <button type="button" aria-pressed={!isFolding} onClick={() => setFolding(!isFolding)}>
            {isFolding ? `Show ${countedText(count, "long value")} whole` : "Shorten long values"}
          </button>
        )}
        {isCut && (
          <button type="button" onClick={() => setWhole(true)}>
            Show all
          </button>
        )}
        <Download body={body} type={type} />
        {body.size < bytes && (
          <p class="quiet">
            The first {bytesText(body.size)} of {bytesText(bytes)} are kept.
          </p>
        )}
        {body.size > maxShown && (
          <p class="quiet">
            The page shows the first {bytesText(maxShown)} of {bytesText(bytes)}.
          </p>
        )}
      </div>
    </div>
  );
}

/** Returns the text of a body; undefined while it is read, and if it is not UTF-8. */
function useText(body: Blob): string | undefined {
  const [text, setText] = useState<string | undefined>("");
  useEffect(() => {
    let isLatest = true;
    const shown = body.slice(0, maxShown);
    void shown.arrayBuffer().then((bytes) => {
      if (isLatest) setText(decode(bytes, shown.size < body.size));
    });
    return () => {
      isLatest = false;
    };
  }, [body]);
  return text;
}

function decode(bytes: ArrayBuffer, isCut: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: isCut });
  } catch {
    return undefined;
  }
}

/** Truncates between characters. */
function cut(text: string, length: number): string {
  return `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "")}\n…`;
}

function Download({ body, type }: { body: Blob; type: string }) {
  function download(): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(body);
    link.download = `answer.${fileExtension(type)}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
  return (
    <button type="button" onClick={download}>
      Download ({bytesText(body.size)})
    </button>
  );
}

function fileExtension(type: string): string {
  if (/\bjson\b/.test(type)) return "json";
  return type.startsWith("text/") ? "txt" : "bin";
}
