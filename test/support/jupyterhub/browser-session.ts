import { httpCall } from "../http/http-call.ts";

/** An answer, after redirects were followed. */
export interface Page {
  /** The address that answered. */
  url: string;
  status: number;
  body: string;
}

interface Cookie {
  origin: string;
  path: string;
  name: string;
  value: string;
}

/** What a redirect leads to may be changed, or delayed, before it is followed. */
export type BeforeRedirect = (location: URL) => URL | Promise<URL>;

/** Visits pages as a browser without scripts: it keeps cookies by their paths, follows redirects and sends forms. */
export class BrowserSession {
  private cookies: Cookie[] = [];

  constructor(private readonly beforeRedirect: BeforeRedirect = (location) => location) {}

  get(url: string): Promise<Page> {
    return this.visit(new URL(url), undefined);
  }

  /** Sends a form, with the token against forged requests that JupyterHub's pages put into theirs. */
  post(url: string, form: Readonly<Record<string, string>>): Promise<Page> {
    return this.visit(new URL(url), new URLSearchParams(form).toString());
  }

  /** The value of a cookie that is sent to a URL. */
  cookie(url: string, name: string): string | undefined {
    return this.cookiesFor(new URL(url)).find((cookie) => cookie.name === name)?.value;
  }

  private async visit(first: URL, form: string | undefined): Promise<Page> {
    let url = first;
    let body = form;
    for (let hops = 0; hops < 20; hops++) {
      const cookie = this.cookiesFor(url)
        .map(({ name, value }) => `${name}=${value}`)
        .join("; ");
      const contentType = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await httpCall(url.href, {
        headers: {
          accept: "text/html",
          ...(cookie === "" ? {} : { cookie }),
          ...(body === undefined ? {} : contentType),
        },
        ...(body === undefined ? {} : { body }),
      });
      for (const line of answer.headers["set-cookie"] ?? []) this.keep(url, line);
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status > 399 || location === undefined)
        return { url: url.href, status: answer.status, body: answer.body };
      url = await this.beforeRedirect(new URL(location, url));
      body = undefined;
    }
    throw new Error(`${first.href} redirects without end`);
  }

  private cookiesFor({ origin, pathname }: URL): Cookie[] {
    return this.cookies
      .filter((cookie) => cookie.origin === origin && pathname.startsWith(cookie.path))
      .sort((a, b) => b.path.length - a.path.length);
  }

  private keep(url: URL, line: string): void {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const [name = "", ...rest] = pair.split("=");
    const value = rest.join("=");
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? "/";
    const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice(8);
    const isSame = (cookie: Cookie) =>
      cookie.name === name && cookie.path === path && cookie.origin === url.origin;
    this.cookies = this.cookies.filter((cookie) => !isSame(cookie));
    const hasExpired = expires !== undefined && Date.parse(expires) < Date.now();
    if (!hasExpired && value !== "") this.cookies.push({ origin: url.origin, path, name, value });
  }
}

/** Sends JupyterHub's login form with a name and a password. */
export async function logIn(
  browser: BrowserSession,
  hub: string,
  username: string,
  password: string,
): Promise<Page> {
  const page = `${hub}/hub/login`;
  await browser.get(page);
  const token = browser.cookie(page, "_xsrf") ?? "";
  return await browser.post(page, { username, password, _xsrf: token });
}
