import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { root } from "../repo.ts";
import { type BrowserPage, openPage, phone } from "./browser-page.ts";
import type { StartedGateway } from "./gateway.ts";

/** A gateway, and a browser that opens its console. */
export interface ConsoleStage {
  gateway: StartedGateway;
  browser: Browser;
}

/** Opens a path below `/ui/`, such as `topics/twitter?from=oldest`, in a new browser context. */
export function openConsole(
  { browser, gateway }: ConsoleStage,
  path = "",
  options: BrowserContextOptions = {},
): Promise<BrowserPage> {
  return openPage(browser, { url: gateway.url, path: `/ui/${path}` }, options);
}

/** The folder for screenshots. */
const folder = join(root, "build", "console");

const wide: BrowserContextOptions = { colorScheme: "light", viewport: { width: 1440, height: 900 } };

/** A view to test. */
interface ReadableView {
  /** The prefix of the screenshots' names. */
  name: string;
  path: string | (() => string);
  /** Resolves when the view shows its data. */
  ready: (opened: BrowserPage) => Promise<void>;
}

/**
 * Declares a test that a view has no serious finding of axe, fits its screen and logs nothing. Takes screenshots: light, dark, and
 * on a phone.
 */
export function testReadability(stage: () => ConsoleStage, { name, path, ready }: ReadableView): void {
  it(`${name} is readable: light, dark, and on a phone`, async () => {
    mkdirSync(folder, { recursive: true });
    async function checkLooks(options: BrowserContextOptions, looks: readonly string[]): Promise<void> {
      await using opened = await openConsole(stage(), typeof path === "string" ? path : path(), options);
      const { page, complaints } = opened;
      await ready(opened);
      for (const look of looks) {
        if (look === "dark") await page.emulateMedia({ colorScheme: "dark" });
        await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
        expect([look, await opened.seriousFindings()]).toEqual([look, []]);
      }
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    }
    await Promise.all([checkLooks(wide, ["light", "dark"]), checkLooks(phone, ["phone"])]);
  });
}
