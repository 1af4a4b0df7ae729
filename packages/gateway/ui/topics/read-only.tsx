/** The reason why a view has no controls for changes. */
export function ReadOnly({ what }: { what: string }) {
  return (
    <p class="quiet">
      This console {what}: it is read-only (setting <code>UI_READ_ONLY</code>).
    </p>
  );
}
