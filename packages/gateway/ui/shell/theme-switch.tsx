import { readTheme, setTheme, type Theme } from "@platform/shared/ui/theme";
import { useState } from "preact/hooks";

const labels: Readonly<Record<Theme, string>> = { system: "System", light: "Light", dark: "Dark" };

/** Selects the colour theme of the page. */
export function ThemeSwitch() {
  const [theme, choose] = useState(readTheme);
  return (
    <label class="theme">
      <span class="unseen">Colours</span>
      <select
        value={theme}
        onChange={({ currentTarget }) => {
          const chosen = currentTarget.value as Theme;
          setTheme(chosen);
          choose(chosen);
        }}
      >
        {Object.entries(labels).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
