/** Checks the total size of labels, annotations or variables. @returns a clause when it exceeds Kubernetes' limit */
export function checkSize(kind: string, texts: Readonly<Record<string, string>>, maxBytes: number): string[] {
  const bytes = Buffer.byteLength(JSON.stringify(texts));
  return bytes <= maxBytes ? [] : [`${kind}: ${bytes} bytes in total; at most ${maxBytes} are allowed`];
}
