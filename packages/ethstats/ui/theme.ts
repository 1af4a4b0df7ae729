import { applyTheme, readTheme } from "@platform/shared/ui/theme";

// Runs before the first paint, to avoid a flash of the wrong colours.
applyTheme(readTheme());
