import type { Page } from "playwright-core";
import { type ConsoleStage, openConsole, testReadability } from "../../support/gateway/console-stage.ts";
import { startGateway } from "../../support/gateway/gateway.ts";
import { waitFor } from "../../support/wait-for.ts";

const posts = (page: Page) => page.locator(".overview-posts li");
const readPostTexts = (page: Page) => posts(page).locator(".overview-text").allTextContents();
const waiting = (page: Page) => page.locator(".overview-tools").getByText(/\d+ new posts?/);

/** Declares tests of the overview on a gateway with embedded parts that invents posts. */
export function describeOverview(stage: () => ConsoleStage): void {
  it("shows the live pipeline without Kafka, and links to the views", async () => {
    await using opened = await openConsole(stage());
    const { page, figure, complaints } = opened;
    const lane = page.getByRole("list", { name: "Posts to tweet-enrich" });
    await lane.getByText(/\d+ calls?\/min/).waitFor();
    expect(await lane.locator(".pipeline-node strong").allTextContents()).toEqual([
      "Invented posts",
      "tweet-enrich",
      "sentiment-*",
    ]);
    expect(await lane.getByText("KAFKA_BROKERS").count()).toBe(1);
    expect(await page.locator(".overview-origin").textContent()).toBe(
      "Embedded: Ethereum and Elasticsearch; the posts are invented, their scores are real.",
    );
    expect(await figure("Last 5 minutes")).toMatch(/^[+−]?0\.\d\d$/);
    const block = Number((await figure("Block")).replace(",", ""));
    await waitFor("another block", async () => Number((await figure("Block")).replace(",", "")) > block);
    expect(await figure("Mean block time")).toBe("2.0 s");
    await lane.getByRole("link", { name: /tweet-enrich/ }).click();
    expect(new URL(page.url()).pathname).toBe("/ui/functions/tweet-enrich");
    expect(complaints).toEqual([]);
  });

  it("keeps posts in place while the list is paused, and reuses its rows", async () => {
    await using opened = await openConsole(stage());
    const { page } = opened;
    await posts(page).nth(3).waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    const before = await readPostTexts(page);
    await posts(page)
      .first()
      .evaluate((row) => row.setAttribute("data-mark", "same"));
    await waiting(page).waitFor();
    expect(await readPostTexts(page)).toEqual(before);
    await page.getByRole("button", { name: "Resume" }).click();
    await waitFor("the new posts", async () => (await readPostTexts(page))[0] !== before[0]);
    // The row of the former first post is the same element at another position.
    expect(await page.locator('[data-mark="same"] .overview-text').textContent()).toBe(before[0]);
    expect(await posts(page).first().getAttribute("data-mark")).toBeNull();
  });

  it("keeps posts in place while text of one is selected", async () => {
    await using opened = await openConsole(stage());
    const { page } = opened;
    await posts(page).nth(3).waitFor();
    const before = await readPostTexts(page);
    await posts(page).nth(1).locator(".overview-text").selectText();
    await waiting(page).waitFor();
    expect(await page.evaluate("String(getSelection())")).toBe((await readPostTexts(page))[1]);
    await page.evaluate("getSelection().removeAllRanges()");
    await waitFor("the new posts", async () => (await readPostTexts(page))[0] !== before[0]);
  });

  testReadability(stage, {
    name: "overview",
    path: "",
    async ready({ page }) {
      await page.locator(".pipeline-node").nth(5).waitFor();
      await page.locator(".overview-grid canvas").nth(1).waitFor();
      await posts(page).nth(3).waitFor();
    },
  });
}

const nowhere = "127.0.0.1:1";
const settings = {
  ELASTICSEARCH_URL: `http://${nowhere}`,
  GETH_RPC_ENDPOINT: `http://${nowhere}`,
  KAFKA_BROKERS: nowhere,
};

/** Declares tests of overview and health on a gateway whose peers are all down. */
export function describeDownPeers(stage: () => ConsoleStage): void {
  it("lists the parts that are down first, with reason and setting, and shows their data as unknown", async () => {
    await using gateway = await startGateway({ env: settings });
    await using opened = await openConsole({ ...stage(), gateway });
    const { page } = opened;
    const down = page.getByRole("alert").filter({ has: page.getByRole("heading", { name: "Down" }) });
    await down.locator("li").nth(2).waitFor();
    const texts = await down.locator("li").allTextContents();
    for (const setting of Object.keys(settings)) {
      expect(texts.filter((text) => text.includes(setting) && text.includes("without"))).toHaveLength(1);
    }
    expect(texts.join()).toMatch(/Elasticsearch ELASTICSEARCH_URL 127\.0\.0\.1:1 is out of reach or busy\./);
    expect(await page.locator("h2").first().textContent()).toBe("Down");
    await page.getByText("Elasticsearch does not answer: the sentiment is unknown.").waitFor();
    await page.getByText("No node answers: the latest block is unknown.").waitFor();
    expect(await page.getByText("No documents").count()).toBe(0);
    expect(await page.locator(".pipeline-node").getByText("down").count()).toBeGreaterThanOrEqual(3);
    const link = page.getByRole("navigation").getByRole("link", { name: "Health 3 down" });
    await link.click();
    expect(await page.locator(".health-summary").textContent()).toMatch(/^3 parts down: /);
    const states = page.locator(".health-list .state");
    expect(await states.allTextContents()).toEqual(["down", "down", "down", "up"]);
  });
}
