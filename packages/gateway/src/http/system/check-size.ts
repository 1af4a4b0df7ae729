/** Checks the total size of labels, annotations or variables. @returns a clause when it exceeds Kubernetes' limit */
export function checkSize(
  kind: string,
  texts: Readonly<Record<string, string>>,
  mostBytes: number,
): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(texts));
  return bytes <= mostBytes ? [] : [`${kind}: ${bytes} bytes in total; at most ${mostBytes} are allowed`];
}
