import { applyTheme, readTheme } from "@platform/shared/ui/theme";

// Runs before the first paint, so that the page does not flash in the wrong theme.
applyTheme(readTheme());
