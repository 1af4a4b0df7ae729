import { type HttpCall, httpCall } from "../http/http-call.ts";

/** The response after redirects. */
export interface Page {
  /** The URL that answered. */
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

/** Changes or delays a redirect before the session follows it. */
export type BeforeRedirect = (location: URL) => URL | Promise<URL>;

/** Requests pages like a browser without scripts: it stores cookies by their paths, follows redirects and submits forms. */
export class BrowserSession {
  private cookies: Cookie[] = [];

  /** @param server the address and the certificate authority of the server, if these are not the usual ones */
  constructor(
    private readonly beforeRedirect: BeforeRedirect = (location) => location,
    private readonly server: Pick<HttpCall, "address" | "ca"> = {},
  ) {}

  get(url: string): Promise<Page> {
    return this.visit(new URL(url), undefined);
  }

  /** Submits a form, with the token of JupyterHub's pages against cross-site request forgery. */
  post(url: string, form: Readonly<Record<string, string>>): Promise<Page> {
    return this.visit(new URL(url), new URLSearchParams(form).toString());
  }

  /** Returns the value of a cookie for a URL. */
  cookie(url: string, name: string): string | undefined {
    return this.selectCookies(new URL(url)).find((cookie) => cookie.name === name)?.value;
  }

  private async visit(first: URL, form: string | undefined): Promise<Page> {
    let url = first;
    let body = form;
    for (let hops = 0; hops < 20; hops++) {
      const cookie = this.selectCookies(url)
        .map(({ name, value }) => `${name}=${value}`)
        .join("; ");
      const contentType = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await httpCall(url.href, {
        ...this.server,
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

  private selectCookies({ origin, pathname }: URL): Cookie[] {
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

/** Submits JupyterHub's login form with a name and a password. */
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
