import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A page in a browser, and the problems that it reports. */
export interface BrowserPage extends AsyncDisposable {
  page: Page;
  /** Errors, warnings, dialogs, and requests to other hosts. */
  complaints: string[];
  /** Returns the figure with a label, such as "Documents". */
  figure(name: string): Promise<string>;
  /** Returns the findings of axe that are serious or critical. */
  seriousFindings(): Promise<string[]>;
}

/** A phone, for `openPage`. */
export const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Opens a path of a server in a new browser context. */
export async function openPage(
  browser: Browser,
  { url, path }: { url: string; path: string },
  options: BrowserContextOptions = {},
): Promise<BrowserPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // The browser also logs 4xx responses.
    const refused = /Failed to load resource.* 4\d\d /.test(message.text());
    if (message.type() !== "log" && !refused) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`)) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`${url}${path}`);
  return {
    page,
    complaints,
    figure: async (name) =>
      (await page
        .locator("dl div", { has: page.getByText(name, { exact: true }) })
        .locator("dd")
        .textContent()) ?? "",
    async seriousFindings() {
      await page.evaluate(axe);
      const results = (await page.evaluate("axe.run()")) as AxeResults;
      return results.violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}
