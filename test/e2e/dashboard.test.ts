// needs: chromium
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { hasChromium, startBrowser } from "../support/gateway/browser.ts";
import { phone } from "../support/gateway/browser-page.ts";
import { type DashboardPage, openDashboard } from "../support/gateway/dashboard-page.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(60_000);

/** Where the screenshots go. */
const folder = join(root, "build", "dashboard");

requireService("Chromium", hasChromium, () => {
  let gateway: StartedGateway;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    gateway = await startGateway({ env: { POSTS: "" } });
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.[Symbol.asyncDispose]();
  });

  /** Opens the page and waits for all panels. */
  async function open(options = {}): Promise<DashboardPage> {
    const dashboard = await openDashboard(browser, gateway.url, options);
    const { page } = dashboard;
    await page.locator("#newest li").first().waitFor();
    await page.locator("#block-table td").first().waitFor();
    await page.locator("details.function").nth(3).waitFor();
    await page.locator("#health-list .up").nth(2).waitFor();
    return dashboard;
  }

  it("shows sentiment, functions, the chain and the health of all, live", async () => {
    await using dashboard = await open();
    const { page, figure, complaints } = dashboard;
    expect(await page.locator("#connection").textContent()).toBe("live");
    const documents = Number(await figure("Documents"));
    expect(documents).toBeGreaterThanOrEqual(60);
    expect(await figure("Mean polarity")).toMatch(/^[+−]0\.\d\d$/);
    const block = Number(await figure("Latest block"));
    await waitFor("more documents", async () => Number(await figure("Documents")) > documents);
    await waitFor("another block", async () => Number(await figure("Latest block")) > block);
    expect(await figure("Mean block time")).toBe("2.0 s");
    for (const chart of ["#polarity-chart", "#histogram-chart", "#delta-chart"]) {
      await page.locator(`${chart} canvas`).waitFor();
      expect(await page.locator(chart).getAttribute("aria-label")).toMatch(/\d/);
    }
    expect(await page.locator("#origin").textContent()).toMatch(
      /Embedded: Ethereum .*Elasticsearch.*invented/,
    );
    expect(complaints).toEqual([]);
  });

  it("calls each function, and shows what it answers and the line for curl", async () => {
    await using dashboard = await open();
    const { invoke, complaints } = dashboard;
    const kind = await invoke("sentiment", "A text");
    expect(kind.status).toMatch(/^200 OK in [\d.]+ ms, application\/json/);
    expect(kind.answer).toBe('{\n  "polarity": 0.6,\n  "sentence_count": 1,\n  "subjectivity": 0.9\n}');
    expect(kind.curl).toBe(`curl --data-raw 'People are kind' ${gateway.url}/function/sentiment`);
    expect(JSON.parse((await invoke("sentimentanalysis", "A batch")).answer)).toHaveLength(3);
    expect(JSON.parse((await invoke("last-block", "The last five headers")).answer)).toEqual(
      expect.arrayContaining([expect.objectContaining({ number: expect.any(Number) })]),
    );
    const refused = await invoke("last-block", "No such block: a 4xx says what is wrong");
    expect(refused.status).toMatch(/^404 .*problem\+json/);
    expect(JSON.parse((await invoke("tweet-enrich", "A tweet")).answer)).toMatchObject({
      "twitter.handle": "ada",
    });
    expect(complaints).toEqual([]);
  });

  it("follows deploys: a function comes, changes, sleeps and goes", async () => {
    await using dashboard = await open();
    const { card, complaints } = dashboard;
    const change = async (method: string, path: string, body: object) => {
      const answer = await httpCall(`${gateway.url}/system/${path}`, { method, body: JSON.stringify(body) });
      expect(answer.status).toBeLessThan(300);
    };
    const mood = (description: string) => ({
      service: "mood",
      image: "sentiment",
      annotations: { description },
    });
    await change("POST", "functions", mood("First"));
    await card("mood").locator(".state", { hasText: "up, 1 of 1" }).waitFor();
    await card("mood").locator("summary").click();
    await card("mood").getByText("First", { exact: true }).waitFor();
    await change("PUT", "functions", mood("Second"));
    await card("mood").getByText("Second", { exact: true }).waitFor();
    await change("POST", "scale-function/mood", { replicas: 0 });
    await card("mood").locator(".state", { hasText: "at zero" }).waitFor();
    await change("DELETE", "functions", { functionName: "mood" });
    await card("mood").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  it("shows a tweet with a script in it as the text that it is", async () => {
    await using dashboard = await open();
    const { page, invoke, complaints } = dashboard;
    const text = `<script>alert(1)</script><img src=x onerror=alert(2)> What a wonderful day`;
    await invoke("tweet-enrich", "A text alone", { body: JSON.stringify(text) });
    await page.locator("#newest li .text", { hasText: text }).waitFor();
    expect(await page.locator("#newest script, #newest img").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("sends one ether to the other account", async () => {
    await using dashboard = await open();
    const { page, complaints } = dashboard;
    const [first, second] = [
      page.locator("#account-list li").nth(0),
      page.locator("#account-list li").nth(1),
    ];
    await first.getByText("100 ether").waitFor();
    await first.getByRole("button").click();
    await page.locator("#transfer", { hasText: /0x[\da-f]{64}/ }).waitFor();
    await second.getByText("201 ether").waitFor();
    await first.getByText(/^98\.99\d+ ether$/).waitFor();
    expect(complaints).toEqual([]);
  });

  it("has for each chart a table of the same numbers", async () => {
    await using dashboard = await open();
    const { page, figure } = dashboard;
    await page.locator("summary", { hasText: "As a table" }).nth(1).click();
    const cells = await page.locator("#histogram-table td:nth-child(2)").allTextContents();
    expect(cells).toHaveLength(5);
    await waitFor("the sum", async () => {
      const counts = await page.locator("#histogram-table td:nth-child(2)").allTextContents();
      return counts.reduce((sum, count) => sum + Number(count), 0) === Number(await figure("Documents"));
    });
    await page.getByText("last day", { exact: true }).click();
    await waitFor("the day", async () => Number(await figure("Documents")) >= 60);
  });

  it("is used by the keyboard alone", async () => {
    await using dashboard = await open();
    const { page } = dashboard;
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("To the content");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    expect(await page.locator("input[value=day]").isChecked()).toBe(true);
    const card = dashboard.card("sentiment");
    await card.locator("summary").focus();
    await page.keyboard.press("Enter");
    await card.getByRole("button", { name: "Invoke" }).focus();
    await page.keyboard.press("Enter");
    await card.locator("pre", { hasText: '"polarity": 0.6' }).waitFor();
  });

  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["phone", phone],
  ])("is readable: %s", async (name, options) => {
    await using dashboard = await open(options);
    const { page, invoke, seriousFindings, complaints } = dashboard;
    await invoke("sentiment", "A text");
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    expect(await seriousFindings()).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it("says that the connection is lost, and goes on when the gateway is back", async () => {
    const port = new URL(gateway.url).port;
    await using dashboard = await open();
    const { page, figure } = dashboard;
    await gateway[Symbol.asyncDispose]();
    await page.getByText("connection lost, trying again …").waitFor();
    expect(Number(await figure("Documents"))).toBeGreaterThan(0);
    gateway = await startGateway({ env: { POSTS: "", PORT: port } });
    await page.locator("#connection", { hasText: "live" }).waitFor();
    await waitFor("the new chain", async () => Number(await figure("Latest block")) < 5);
  });
});
