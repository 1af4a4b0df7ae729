import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { ConsoleStage } from "../../support/gateway/console-stage.ts";
import { type StartedGateway, startGateway } from "../../support/gateway/gateway.ts";
import { startListener } from "../../support/http/listener.ts";
import { waitFor } from "../../support/wait-for.ts";

/** Requests that a page can send without a preflight: without custom headers, and only with these content types. */
const simpleTypes = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"];
const transferBody = JSON.stringify({ from: "0x1", to: "0x2" });

/** Declares tests that only the console's own page may use it. */
export function describeAccess(stage: () => ConsoleStage): void {
  it("refuses changes by pages of other sites, however they send them", async () => {
    await using guarded = await startGuarded();
    const { gateway, credentials } = guarded;
    const url = gateway.url.replace("0.0.0.0", "127.0.0.1");
    await using site = await startListener((_request, response) => {
      response.setHeader("content-type", "text/html").end("<!doctype html><title>Elsewhere</title>");
    });
    const context = await stage().browser.newContext({ httpCredentials: { ...credentials, origin: url } });
    const page = await context.newPage();
    await page.goto(`${url}/ui/`); // the browser keeps the login from now on
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    expect(await page.evaluate(sendOwn, transferBody)).toBe(422);

    const refusals = () =>
      gateway.output().match(/"user":"admin".*"status":403,"msg":"console_change_refused"/g) ?? [];
    // The same site with another port, and another site.
    for (const origin of [site.url, site.url.replace("127.0.0.1", "localhost")]) {
      await page.goto(origin);
      for (const path of ["/ui/api/transfers", "/system/functions"])
        await page.evaluate(sendAll, { url: url + path, types: simpleTypes, body: transferBody });
      for (const encoding of simpleTypes) {
        await page.goto(origin);
        expect(await submitForm(page, `${url}/ui/api/transfers`, encoding)).toContain("cross_origin");
      }
      await page.goto(origin);
      expect(await page.evaluate(readAnswer, `${url}/ui/api/events`)).toBe("unreadable");
    }
    // Chromium sends the login with two requests of each type from the same site, and with the forms of both sites.
    await waitFor("all refusals", () => refusals().length >= 4 * simpleTypes.length);
    expect(gateway.output()).not.toContain('"console_change"');
    expect(gateway.output()).not.toContain('"function_deployed"');
    await context.close();
  });

  it("refuses requests under a host name that is not loopback's, even if it resolves to loopback", async () => {
    const { browser, gateway } = stage();
    await using page = await browser.newPage();
    const url = gateway.url.replace("127.0.0.1", "evil.localhost"); // Chromium resolves it to 127.0.0.1
    for (const path of ["/ui/", "/ui/api/events", "/system/functions"]) {
      expect((await page.goto(url + path))?.status()).toBe(403);
    }
  });
}

/** A gateway beyond loopback whose console allows changes. */
async function startGuarded() {
  const secrets = mkdtempSync(join(tmpdir(), "secrets-"));
  const env = { HOST: "0.0.0.0", UI_READ_ONLY: "false", GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };
  const gateway: StartedGateway = await startGateway({ args: ["--secrets", secrets], env });
  const read = (part: string) => readFileSync(join(secrets, `basic-auth-${part}`), "utf8").trim();
  return {
    gateway,
    credentials: { username: read("user"), password: read("password") },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]();
      rmSync(secrets, { recursive: true });
    },
  };
}

/** Runs in the console's page: sends a change as the console does, and returns the status. */
async function sendOwn(json: string): Promise<number> {
  const headers = { "content-type": "application/json", "x-console": "1" };
  return (await fetch("/ui/api/transfers", { method: "POST", headers, body: json })).status;
}

/** Runs in a page of another site: sends a change in all ways that a script has. */
async function sendAll({ url, types, body }: { url: string; types: string[]; body: string }): Promise<void> {
  // The tests are compiled without the DOM's types.
  const { navigator } = globalThis as unknown as { navigator: { sendBeacon(url: string, body: Blob): void } };
  for (const type of types) {
    const headers = { "content-type": type };
    await fetch(url, { method: "POST", credentials: "include", mode: "no-cors", headers, body });
    navigator.sendBeacon(url, new Blob([body], { type }));
  }
  for (const method of ["POST", "PUT", "DELETE"]) {
    const headers = { "content-type": "application/json", "x-console": "1" };
    const isGranted = await fetch(url, { method, credentials: "include", headers, body }).then(
      () => true,
      () => false,
    );
    if (isGranted) throw new Error("the gateway granted a preflight");
  }
}

/** Submits a form in a page of another site, which navigates to the answer. Returns its text. */
async function submitForm(page: Page, action: string, encoding: string): Promise<string> {
  await page.setContent(`<form action="${action}" method="post" enctype="${encoding}">
    <input name="{&quot;from&quot;:&quot;" value="&quot;}"><button>Win</button></form>`);
  const answered = page.waitForResponse(action);
  await page.getByRole("button").click();
  return (await answered).text();
}

/** Runs in a page of another site. */
function readAnswer(url: string): Promise<string> {
  return fetch(url, { credentials: "include" }).then(
    () => "readable",
    () => "unreadable",
  );
}
