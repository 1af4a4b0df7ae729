const minDigits = 200;
const longHex = new RegExp(`"0x([\\da-f]{${minDigits},})"`, "gi");

/** Shortens long hexadecimal texts in JSON, such as a block's logsBloom, which has 512 digits. */
export function foldHex(json: string): { text: string; folded: number } {
  let folded = 0;
  const text = json.replace(longHex, (_, digits: string) => {
    folded += 1;
    return `"0x${digits.slice(0, 8)}…${digits.slice(-8)}" (${digits.length} digits)`;
  });
  return { text, folded };
}
