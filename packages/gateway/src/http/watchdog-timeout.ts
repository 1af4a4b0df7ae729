import { parseDuration } from "@platform/shared/config/duration";

/** Parses a timeout as the OpenFaaS watchdog does: a duration such as `1m30s`, or whole seconds; undefined when it is invalid. */
export function parseWatchdogTimeout(text: string): number | undefined {
  return parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
}
