import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";

/** The dashboard in a browser, and what it complained of. */
export interface DashboardPage extends AsyncDisposable {
  page: Page;
  /** Errors, warnings, dialogs, and requests to other hosts. */
  complaints: string[];
  /** The figure under a name, such as "Documents". */
  figure(name: string): Promise<string>;
  /** A function's card. */
  card(name: string): Locator;
  /** Calls a function by its form: with an example by its label, and what is changed in it. Gives what is shown then. */
  invoke(name: string, example: string, changes?: { body?: string }): Promise<Invoked>;
  /** What axe finds that is serious or worse. */
  seriousFindings(): Promise<string[]>;
}

/** What a form shows after a call. */
interface Invoked {
  status: string;
  answer: string;
  curl: string;
}

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Opens the dashboard of a gateway. */
export async function openDashboard(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<DashboardPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    // What a function refuses is in the console as well.
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
  await page.goto(`${url}/ui/`);
  const card = (name: string) => page.locator(`details.function[data-name="${name}"]`);
  return {
    page,
    complaints,
    card,
    figure: async (name) =>
      (await page
        .locator("dl div", { has: page.getByText(name, { exact: true }) })
        .locator("dd")
        .textContent()) ?? "",
    async invoke(name, example, { body } = {}) {
      const place = card(name);
      if ((await place.getAttribute("open")) === null) await place.locator("summary").click();
      await place.getByLabel("Example").selectOption(example);
      if (body !== undefined) await place.getByLabel("Body").fill(body);
      await place.getByRole("button", { name: "Invoke" }).click();
      const status = place.locator(".status");
      await status.getByText(/^\d{3} /).waitFor();
      return {
        status: (await status.textContent()) ?? "",
        answer: (await place.locator("pre").textContent()) ?? "",
        curl: (await place.locator(".curl code").textContent()) ?? "",
      };
    },
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
