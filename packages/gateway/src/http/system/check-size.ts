/** Keeps what a function has of a kind small enough for Kubernetes: a clause when it is not. */
export function checkSize(
  kind: string,
  texts: Readonly<Record<string, string>>,
  mostBytes: number,
): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(texts));
  return bytes <= mostBytes
    ? []
    : [`${kind}: all together have ${bytes} bytes; at most ${mostBytes} are possible`];
}
