import { CopyButton } from "../parts/copyable.tsx";
import { countedText } from "../parts/format.ts";

/** The length above which data is collapsed. */
const shownDigits = 400;

/** Bytes as hexadecimal digits, collapsed if they are long, and as text if they are readable. */
export function HexData({ label, hex }: { label: string; hex: string }) {
  const bytes = (hex.length - 2) / 2;
  const text = decodeText(hex);
  const copyableHex = (
    <>
      <pre>{hex}</pre>
      <CopyButton text={hex} label={`Copy ${label.toLowerCase()}`} />
    </>
  );
  if (bytes === 0) return <span class="quiet">none</span>;
  return (
    <div class="eth-hex">
      {text !== undefined && (
        <p>
          As text: <q>{text}</q>
        </p>
      )}
      {hex.length <= shownDigits ? (
        copyableHex
      ) : (
        <details>
          <summary>
            {label}, {countedText(bytes, "byte")}
          </summary>
          {copyableHex}
        </details>
      )}
    </div>
  );
}

/** Decodes readable text without padding zeros; undefined for other bytes. */
function decodeText(hex: string): string | undefined {
  const digits = hex.slice(2).replace(/^(00)+|(00)+$/g, "");
  const pairs = digits.match(/../g) ?? [];
  if (pairs.length < 3) return undefined;
  const bytes = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return /^[\P{C}\n\t]+$/u.test(text) ? text.slice(0, 500) : undefined;
  } catch {
    return undefined;
  }
}

/** Further fields, collapsed because few readers need them. */
export function OtherFields({ fields }: { fields: Readonly<Record<string, unknown>> }) {
  return (
    <details>
      <summary>All other fields, as the node gives them</summary>
      <pre>{JSON.stringify(fields, null, 2)}</pre>
    </details>
  );
}
