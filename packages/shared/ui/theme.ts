/** The colour schemes of a page; "system" follows the setting of the operating system. */
export type Theme = "system" | "light" | "dark";

const key = "theme";
const themes: readonly Theme[] = ["system", "light", "dark"];

/** The theme that the user chose last. */
export function readTheme(): Theme {
  const stored = readStored();
  return themes.find((theme) => theme === stored) ?? "system";
}

/** Changes the colours of the page, and stores the choice. Charts listen to the document's event `theme`. */
export function setTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Storage is disabled: the choice lasts until the page is left.
  }
  document.dispatchEvent(new Event("theme"));
}

/** Sets the attribute that base.css uses. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function readStored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
