import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";

/** The system's Chromium. */
const executables = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const chromium = executables.find((path) => path !== undefined && path !== "" && existsSync(path));

export const hasChromium = chromium !== undefined;

/** Starts Chromium without a window. */
export async function startBrowser(): Promise<Browser> {
  const { chromium: type } = await import("playwright-core");
  // Containers have neither a sandbox nor enough space in /dev/shm.
  return type.launch({ executablePath: chromium!, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}

/** Returns the longest task of the pages' main threads during an action, in milliseconds of CPU time, independent of other load. */
export async function traceLongestTask(browser: Browser, action: () => Promise<void>): Promise<number> {
  await browser.startTracing(undefined, { categories: ["toplevel"] });
  await action();
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
  const toThreadKey = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const isMainThread = ({ name, args }: TraceEvent) =>
    name === "thread_name" && args.name === "CrRendererMain";
  const mainThreads = new Set(traceEvents.filter(isMainThread).map(toThreadKey));
  const durations = traceEvents
    .filter((event) => event.name.endsWith("RunTask") && mainThreads.has(toThreadKey(event)))
    .map(({ tdur = 0 }) => tdur / 1_000);
  return durations.reduce((longest, duration) => Math.max(longest, duration), 0);
}

/** An event in Chromium's trace format. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of CPU time. */
  tdur?: number;
  args: { name?: string };
}
