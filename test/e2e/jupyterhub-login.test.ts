// needs: python
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@platform/shared/service/free-port";
import { BrowserSession, type Page } from "../support/jupyterhub/browser-session.ts";
import {
  type StartedHub,
  type StartedProvider,
  startHub,
  startOidcProvider,
} from "../support/jupyterhub/local-hub.ts";
import { submitProviderPages } from "../support/jupyterhub/provider-pages.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { requireService } from "../support/require-service.ts";

const minute = 60_000;
jest.setTimeout(6 * minute);

requireService(PYTHON, hasPython(), () => {
  describe("components/jupyterhub-oidc with a real OpenID provider", () => {
    let provider: StartedProvider;
    let hub: StartedHub;
    beforeAll(async () => {
      const port = await freePort(0);
      provider = await startOidcProvider(`http://127.0.0.1:${port}/hub/oauth_callback`);
      hub = await startHub({ port, provider: provider.url, secret: provider.secret });
    }, 15 * minute);
    afterAll(async () => {
      await hub?.[Symbol.asyncDispose]();
      await provider?.[Symbol.asyncDispose]();
    }, minute);

    const logIn = (browser: BrowserSession): Promise<Page> =>
      browser.get(`${hub.url}/hub/oauth_login?next=%2Fhub%2Fhome`);
    /** Whether a session may open pages that require a login. */
    const isLoggedIn = async (browser: BrowserSession): Promise<boolean> => {
      const page = await browser.get(`${hub.url}/hub/home`);
      return page.status === 200 && new URL(page.url).pathname === "/hub/home";
    };

    it("logs in a user whom the provider accepts, under the provider's user name", async () => {
      const browser = new BrowserSession();
      const login = await logIn(browser);
      expect(login.url).toContain(`${provider.url}/interaction/`);
      const page = await submitProviderPages(browser, login, "ada");
      expect([page.status, page.url]).toEqual([200, `${hub.url}/hub/home`]);
      expect(page.body).toContain("ada");
      expect(await isLoggedIn(browser)).toBe(true);
      expect(await isLoggedIn(new BrowserSession())).toBe(false);
    });

    it.each([
      ["another client", "client_id", "stranger", "invalid_client"],
      [
        "another redirect URI",
        "redirect_uri",
        "http://127.0.0.1:1/hub/oauth_callback",
        "invalid_redirect_uri",
      ],
    ])("the provider refuses %s", async (_, parameter, value, error) => {
      const browser = new BrowserSession((location) => {
        if (location.pathname === "/auth" && location.searchParams.has("client_id"))
          location.searchParams.set(parameter, value);
        return location;
      });
      const page = await logIn(browser);
      expect([page.status, page.body]).toEqual([400, expect.stringContaining(error)]);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it("refuses a code that has expired before it was used", async () => {
      const browser = new BrowserSession(async (location) => {
        if (location.pathname === "/hub/oauth_callback") await pause(2_100);
        return location;
      });
      const page = await submitProviderPages(browser, await logIn(browser), "late");
      expect(page.status).toBeGreaterThanOrEqual(400);
      expect(hub.output()).toContain("invalid_grant");
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it("refuses an access token that has expired", async () => {
      const browser = new BrowserSession();
      const page = await submitProviderPages(browser, await logIn(browser), "stale");
      expect(page.status).toBeGreaterThanOrEqual(400);
      expect(hub.output()).toMatch(/401 [^\n]*\/me|invalid_token/);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it("refuses a callback whose state is not that of the session", async () => {
      const browser = new BrowserSession((location) => {
        if (location.pathname === "/hub/oauth_callback") location.searchParams.set("state", "forged");
        return location;
      });
      const page = await submitProviderPages(browser, await logIn(browser), "eve");
      expect(page.status).toBe(400);
      expect(await isLoggedIn(browser)).toBe(false);
    });

    it("denies logins when its own secret is wrong", async () => {
      // The other hub replaces the first one, because the provider knows one redirect URI.
      await hub[Symbol.asyncDispose]();
      const port = Number(new URL(hub.url).port);
      hub = await startHub({ port, provider: provider.url, secret: "wrong" });
      const browser = new BrowserSession();
      const page = await submitProviderPages(browser, await logIn(browser), "ada");
      expect(page.status).toBeGreaterThanOrEqual(400);
      expect(hub.output()).toContain("invalid_client");
      expect(await isLoggedIn(browser)).toBe(false);
    });
  });
});
