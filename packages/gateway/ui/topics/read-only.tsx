/** The reason why a view has no controls for changes. */
export function ReadOnly({ restriction }: { restriction: string }) {
  return (
    <p class="quiet">
      This console {restriction}: it is read-only (setting <code>UI_READ_ONLY</code>).
    </p>
  );
}
