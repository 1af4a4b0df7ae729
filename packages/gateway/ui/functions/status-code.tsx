/** An HTTP status in the colour of its class. */
export function StatusCode({ status, text = "" }: { status: number; text?: string }) {
  return <span class={`status ${statusClass(status)}`}>{`${status} ${text}`.trim()}</span>;
}

function statusClass(status: number): string {
  if (status >= 500) return "bad";
  return status >= 400 ? "warn" : "good";
}
