import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";

/** A Chromium of the system. */
const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const chromium = places.find((place) => place !== undefined && place !== "" && existsSync(place));

export const hasChromium = chromium !== undefined;

/** Starts it without a window. */
export async function startBrowser(): Promise<Browser> {
  const { chromium: type } = await import("playwright-core");
  // In a container there is neither a sandbox nor room in /dev/shm.
  return type.launch({ executablePath: chromium!, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
