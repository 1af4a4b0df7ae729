import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { type BrowserPage, openPage } from "./browser-page.ts";

/** The dashboard in a browser. */
export interface DashboardPage extends BrowserPage {
  /** A function's card. */
  card(name: string): Locator;
  /** Calls a function by its form, with the example of a label and the changes to it. Returns what the form shows. */
  invoke(name: string, example: string, changes?: { body?: string }): Promise<Invoked>;
}

/** What a form shows after a call. */
interface Invoked {
  status: string;
  answer: string;
  curl: string;
}

/** Opens the dashboard of a gateway. */
export async function openDashboard(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<DashboardPage> {
  const opened = await openPage(browser, { url, path: "/ui/" }, options);
  const card = (name: string) => opened.page.locator(`details.function[data-name="${name}"]`);
  return {
    ...opened,
    card,
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
  };
}
