import { countText } from "../parts/format.ts";

/** Formats a rate in a suitable unit: "12 /s", "1.5 /s", "30 /min"; "idle" at zero, "measuring …" while unknown. */
export function rateText(perSecond: number | null): string {
  if (perSecond === null) return "measuring …";
  if (perSecond >= 10) return `${countText(Math.round(perSecond))} /s`;
  if (perSecond >= 1) return `${perSecond.toFixed(1)} /s`;
  const perMinute = Math.round(perSecond * 60);
  if (perMinute > 0) return `${perMinute} /min`;
  return perSecond > 0 ? "< 1 /min" : "idle";
}
