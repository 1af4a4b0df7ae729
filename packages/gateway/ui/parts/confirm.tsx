import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Options of Confirm. */
interface ConfirmOptions {
  title: string;
  /** The effect of the action. */
  children: ComponentChildren;
  /** The verb of the action, such as "Discard". */
  action: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/** A modal dialog that asks before an action. Escape cancels. */
export function Confirm({ title, children, action, onConfirm, onCancel }: ConfirmOptions) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    // Restores the focus, because removing an open dialog, unlike closing it, loses the focus.
    return () => opener?.focus();
  }, []);
  return (
    <dialog ref={dialog} onCancel={onCancel} aria-label={title}>
      <h2>{title}</h2>
      {children}
      <div class="row">
        <button type="button" class="main" onClick={onConfirm}>
          {action}
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </dialog>
  );
}
