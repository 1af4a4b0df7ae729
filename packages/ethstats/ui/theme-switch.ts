import { element } from "@platform/shared/ui/dom";
import { readTheme, setTheme, type Theme } from "@platform/shared/ui/theme";

const labels: Readonly<Record<Theme, string>> = { system: "System", light: "Light", dark: "Dark" };

/** Fills the select element for the colours of the page. */
export function createThemeSwitch(list: HTMLSelectElement): void {
  for (const [value, label] of Object.entries(labels)) list.append(element("option", { value }, label));
  list.value = readTheme();
  list.addEventListener("change", () => setTheme(list.value as Theme));
}
