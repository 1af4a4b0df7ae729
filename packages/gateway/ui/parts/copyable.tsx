import { useState } from "preact/hooks";
import { shortHex } from "./format.ts";

const shownMs = 2_000;

/** A long value, such as a hash, shortened if `short`, with a button that copies all of it. */
export function Copyable({ text, short = false, href }: { text: string; short?: boolean; href?: string }) {
  const shown = <code title={text}>{short ? shortHex(text) : text}</code>;
  return (
    <span class="copyable">
      {href === undefined ? shown : <a href={href}>{shown}</a>}
      <CopyButton text={text} />
    </span>
  );
}

/** Copies a text. Pages over plain HTTP have no clipboard API, so the fallback copies a selection. */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard === undefined) return copySelection(text);
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => copySelection(text),
  );
}

function copySelection(text: string): boolean {
  const focused = document.activeElement as HTMLElement | null;
  const area = document.createElement("textarea");
  area.className = "unseen";
  area.value = text;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  focused?.focus({ preventScroll: true });
  return isCopied;
}

/** A button that copies a text to the clipboard. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [state, setState] = useState(label);
  async function copy(): Promise<void> {
    setState((await copyText(text)) ? "Copied" : "Select the text to copy it");
    setTimeout(() => setState(label), shownMs);
  }
  return (
    <button type="button" class="copy" onClick={copy}>
      {state}
    </button>
  );
}
