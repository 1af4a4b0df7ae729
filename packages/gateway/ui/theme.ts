import { applyTheme, readTheme } from "@platform/shared/ui/theme";

// Runs before the first paint, so that no page flashes in the other colours.
applyTheme(readTheme());
