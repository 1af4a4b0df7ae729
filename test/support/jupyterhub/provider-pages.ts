import type { BrowserSession, Page } from "./browser-session.ts";

/** Submits the provider's pages: the login with a name, then the consent. Resolves with the following page. */
export async function submitProviderPages(browser: BrowserSession, first: Page, name: string): Promise<Page> {
  const consent = await submit(browser, first, { login: name, password: "any" });
  return await submit(browser, consent, {});
}

/** Submits a page's form with its hidden fields. */
function submit(
  browser: BrowserSession,
  page: Page,
  fields: Readonly<Record<string, string>>,
): Promise<Page> {
  const action = /<form[^>]* action="([^"]+)"/.exec(page.body)?.[1];
  if (action === undefined) throw new Error(`${page.url} has no form: ${page.status} ${page.body}`);
  const hidden = [...page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const form = Object.fromEntries(hidden.map(([, name, value]) => [name!, value!]));
  return browser.post(new URL(action, page.url).href, { ...form, ...fields });
}
