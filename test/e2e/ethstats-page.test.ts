// needs: chromium
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sampleBlock, sampleStats } from "@platform/ethstats/testing/sample-messages";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type EthstatsStage, startEthstatsStage } from "../support/ethereum/ethstats-stage.ts";
import { hasChromium, startBrowser, traceLongestTask } from "../support/gateway/browser.ts";
import { type BrowserPage, openPage, phone } from "../support/gateway/browser-page.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(60_000);

/** The folder for screenshots. */
const folder = join(root, "build", "ethstats");
const views: [string, BrowserContextOptions][] = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", phone],
];

/** Returns a CSS property of all elements of a selector. */
const styles = (page: Page, selector: string, property: string) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => getComputedStyle(one).${property})`,
  );

requireService("Chromium", hasChromium, () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  /** Opens the page and waits for the rows of all nodes. */
  async function open({ url, nodes }: EthstatsStage, options?: BrowserContextOptions): Promise<BrowserPage> {
    const opened = await openPage(browser, { url, path: "/" }, options);
    await opened.page
      .locator("#node-table tbody tr")
      .nth(nodes.length - 1)
      .waitFor();
    await opened.page.locator("#charts figure").first().waitFor();
    return opened;
  }

  const cell = ({ page }: BrowserPage, node: string, column: string) =>
    page.getByRole("row", { name: node }).locator(`[data-label="${column}"]`);
  const text = async (opened: BrowserPage, node: string, column: string) =>
    (await cell(opened, node, column).textContent()) ?? "";
  const names = ({ page }: BrowserPage) => page.locator("#node-table tbody th").allTextContents();
  const chart = async ({ page }: BrowserPage, name: string) =>
    page.locator(`#charts svg[aria-label^="${name}:"]`).getAttribute("aria-label");

  describe("a network of two nodes by proof of work", () => {
    let stage: EthstatsStage;
    beforeAll(async () => {
      stage = await startEthstatsStage({
        nodes: 2,
        consensus: "proof of work",
        env: { FORGET_AFTER: "3s", CONSOLE_PAGE: "https://platform.example/ui/" },
      });
    });
    afterAll(() => stage?.[Symbol.asyncDispose]());

    it("shows the figures of the network and counts the age of the last block", async () => {
      await using opened = await open(stage);
      const { figure, page, complaints } = opened;
      expect(await page.locator("#connection").textContent()).toBe("live");
      expect(await page.locator("#about").textContent()).toBe("proof of work · network 27587");
      expect(await figure("Best block")).toBe("1,000");
      expect(await figure("Block time")).toBe("2.0 s");
      expect(await figure("Uncles")).toBe("5 in 50 blocks");
      expect(await figure("Difficulty")).toBe("131 k");
      expect(await figure("Gas price")).toBe("1 gwei");
      expect(await figure("Gas used")).toBe("2.57 M / 30 M");
      expect(await figure("Active nodes")).toBe("2 of 2");
      const age = await figure("Last block");
      expect(age).toMatch(/^\d+ s ago$/);
      await waitFor("an older block", async () => (await figure("Last block")) !== age);
      expect(complaints).toEqual([]);
    });

    it("shows the reports of each node", async () => {
      await using opened = await open(stage);
      const shown = async (column: string) => text(opened, "node-001", column);
      expect(await shown("State")).toBe("online");
      expect(await shown("Client")).toBe("Geth 1.13.15");
      expect(await cell(opened, "node-001", "Client").getAttribute("title")).toMatch(/^Geth\/node-001\//);
      expect(await shown("Latency")).toMatch(/^\d+ ms$/);
      expect(await shown("Mining")).toBe("yes");
      expect(await shown("Peers")).toBe("3");
      expect(await shown("Pending")).toBe("1");
      expect(await shown("Block")).toBe("1,000");
      expect(await shown("Hash")).toMatch(/^0x[\da-f]{4}….{4}$/);
      expect(await cell(opened, "node-001", "Hash").getAttribute("title")).toMatch(/^0x0.{61}/);
      expect(await shown("Txs")).toBe("40");
      expect(await shown("Uncles")).toBe("1");
      expect(await shown("Uptime")).toMatch(/^\d+(\.\d)? %$/);
    });

    it("draws charts of the last 50 blocks, with the same numbers as a table", async () => {
      await using opened = await open(stage);
      const { page } = opened;
      for (const name of ["Block time", "Difficulty", "Gas used", "Transactions", "Uncles"]) {
        expect(await chart(opened, name)).toMatch(/blocks 951 to 1,000: .*\d/);
        expect(await page.locator(`svg[aria-label^="${name}:"] rect`).count()).toBe(50);
      }
      expect(await chart(opened, "Gas used")).toContain("limit 30 M");
      expect(await page.locator(".miners li").count()).toBe(3);
      expect(await page.locator(".miners").textContent()).toMatch(/^Miners3/);
      await page.locator("summary").focus();
      await page.keyboard.press("Enter");
      await page.locator("#block-table tbody tr").nth(49).waitFor();
      expect(await page.locator("#block-table tbody tr").first().textContent()).toMatch(/^1,000/);
    });

    it("updates with each block, and shows its propagation", async () => {
      await using opened = await open(stage);
      await stage.mine(300);
      await waitFor("the block", async () => (await text(opened, "node-000", "Block")) === "1,001");
      await waitFor("the delay", async () => (await text(opened, "node-000", "Propagation")).includes("ms"));
      const delays = await Promise.all(
        ["node-000", "node-001"].map((name) => text(opened, name, "Propagation")),
      );
      expect(delays.some((delay) => delay.endsWith("0 ms"))).toBe(true);
      expect(await opened.page.locator("tbody svg").first().getAttribute("aria-label")).toMatch(/s: \d/);
      await waitFor("the chart", async () => (await chart(opened, "Block time"))?.includes("to 1,001"));
      await stage.mine(300);
      await waitFor("the mean delay", async () =>
        /ms/.test((await chart(opened, "Block propagation")) ?? ""),
      );
      await waitFor("the histogram", async () =>
        /: \d/.test((await chart(opened, "Propagation to nodes")) ?? ""),
      );
    });

    it("shows a name with HTML as text, greys out an offline node, and removes it later", async () => {
      await using opened = await open(stage);
      const { page, figure, complaints } = opened;
      const name = "<img src=x onerror=alert(1)>";
      const node = await stage.join(name);
      await page.getByRole("row", { name }).waitFor();
      expect(await page.locator("tbody img").count()).toBe(0);
      node.socket.terminate();
      await page
        .locator("tr.away", { hasText: name })
        .getByText(/^offline \d s$/)
        .waitFor();
      expect(await figure("Active nodes")).toBe("2 of 3");
      await waitFor("the node to be forgotten", async () => (await names(opened)).length === 2, 30_000);
      expect(complaints).toEqual([]);
    });

    it("gives each miner a colour, the same in the list and in the chart of block times", async () => {
      await using opened = await open(stage);
      const { page } = opened;
      const swatches = page.locator(".miners .swatch");
      await swatches.nth(2).waitFor();
      const colours = await styles(page, ".miners .swatch", "backgroundColor");
      expect(new Set(colours).size).toBe(3);
      const bars = await styles(page, '#charts svg[aria-label^="Block time:"] rect', "fill");
      expect(new Set(bars)).toEqual(new Set(colours));
    });

    it("links to the console, and keeps the chosen colours", async () => {
      await using opened = await open(stage);
      const { page, complaints } = opened;
      const link = page.getByRole("link", { name: "Console" });
      expect(await link.getAttribute("href")).toBe("https://platform.example/ui/");
      const background = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      await page.getByLabel("Colours").selectOption("light");
      const light = await background();
      await page.getByLabel("Colours").selectOption("dark");
      const dark = await background();
      expect(dark).not.toBe(light);
      await page.reload();
      expect(await background()).toBe(dark);
      expect(await page.getByLabel("Colours").inputValue()).toBe("dark");
      expect(complaints).toEqual([]);
    });

    it("sorts the nodes by a column, also by keyboard", async () => {
      await using opened = await open(stage);
      const { page } = opened;
      expect(await names(opened)).toEqual(["node-000", "node-001"]);
      await page.getByRole("button", { name: "Node" }).click();
      expect(await names(opened)).toEqual(["node-001", "node-000"]);
      await page.getByRole("button", { name: "Pending" }).focus();
      await page.keyboard.press("Enter");
      expect(await names(opened)).toEqual(["node-000", "node-001"]);
      const heading = page.getByRole("columnheader", { name: "Pending" });
      expect(await heading.getAttribute("aria-sort")).toBe("ascending");
    });

    it("shows how far a syncing node lags, and alerts only for a node that lags without syncing", async () => {
      await using opened = await open(stage);
      const { page, complaints } = opened;
      const readColour = async (name: string, column: string) =>
        (await styles(page, `tbody tr:has([title^="Geth/${name}/"]) [data-label="${column}"]`, "color"))[0];
      for (const [name, syncing] of [
        ["node-sync", true],
        ["node-slow", false],
      ] as const) {
        const node = await stage.join(name);
        node.emit("stats", { stats: { ...sampleStats, syncing } });
        node.emit("block", { block: sampleBlock(900) });
        await page.getByRole("row", { name }).getByText("900 (−").waitFor();
        if (syncing) await cell(opened, name, "State").getByText("syncing").waitFor();
      }
      const [state, amber, red] = [
        await readColour("node-sync", "State"),
        await readColour("node-sync", "Block"),
        await readColour("node-slow", "Block"),
      ];
      expect(state).toBe(amber);
      expect(red).not.toBe(amber);
      expect(complaints).toEqual([]);
    });
  });

  it.each(["proof of stake", "proof of authority"] as const)(
    "hides the difficulty of a network with %s, which has none",
    async (consensus) => {
      await using stage = await startEthstatsStage({ nodes: 1, consensus });
      await using opened = await open(stage);
      const { page, complaints } = opened;
      const isStake = consensus === "proof of stake";
      expect(await page.locator("#about").textContent()).toContain(consensus);
      expect(await page.locator("#difficulty").isVisible()).toBe(false);
      expect(await page.locator("figure", { hasText: "Difficulty" }).isVisible()).toBe(false);
      expect(await text(opened, "node-000", "Mining")).toBe(isStake ? "–" : "yes");
      const price = await page.locator("#gas-price").getAttribute("title");
      expect(price).toBe(
        `1,000,000,007 wei${isStake ? "; base fee of the best block: 875,000,000 wei" : ""}`,
      );
      expect(await page.locator(".miners figcaption").textContent()).toMatch(
        isStake ? /^Fee rec/ : /^Signers/,
      );
      expect(complaints).toEqual([]);
    },
  );

  it("shows no block time when all nodes are offline", async () => {
    await using stage = await startEthstatsStage({ nodes: 1, consensus: "proof of work" });
    await using opened = await open(stage);
    const { figure } = opened;
    expect(await figure("Block time")).toBe("2.0 s");
    stage.nodes[0]?.socket.terminate();
    await waitFor("the node to be offline", async () => (await figure("Active nodes")) === "0 of 1");
    expect(await figure("Block time")).toBe("–");
    expect(await opened.page.locator("#charts figure").first().isVisible()).toBe(true);
  });

  it("shows a lost connection, and keeps the nodes", async () => {
    await using stage = await startEthstatsStage({ nodes: 1, consensus: "proof of work" });
    await using opened = await open(stage);
    await stage.service[Symbol.asyncDispose]();
    await opened.page.getByText("connection lost").waitFor();
    expect(await names(opened)).toEqual(["node-000"]);
  });

  describe.each([2, 200])("a network of %d nodes", (count) => {
    let stage: EthstatsStage;
    beforeAll(async () => {
      stage = await startEthstatsStage({ nodes: count, consensus: "proof of work" });
      for (let block = 0; block < 12; block += 1) await stage.mine(50 * (block % 6));
      const node = await stage.join("node-gone");
      node.socket.terminate();
    }, 60_000);
    afterAll(() => stage?.[Symbol.asyncDispose]());

    it.each(views)("is readable: %s", async (name, options) => {
      await using opened = await open(stage, options);
      const { page, seriousFindings, complaints } = opened;
      await page.locator("tr.away").waitFor();
      await stage.mine(200);
      await page.screenshot({ path: join(folder, `${count}-${name}.png`), fullPage: count === 2 });
      // The rows of 200 nodes have the same findings as those of 2, and take half a minute.
      if (count === 2) expect(await seriousFindings()).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
    });
  });

  it("stays responsive while 200 nodes report a block every two seconds", async () => {
    await using stage = await startEthstatsStage({ nodes: 200, consensus: "proof of work" });
    await using opened = await open(stage);
    const { page, complaints } = opened;
    await page.locator("tbody tr").last().scrollIntoViewIfNeeded();
    const longestTask = await traceLongestTask(browser, async () => {
      for (let block = 0; block < 5; block += 1) await stage.mine(2_000);
    });
    await waitFor("the last block in all rows", async () => {
      const blocks = await page.locator('tbody [data-label="Block"]').allTextContents();
      return blocks.length === 200 && blocks.every((block) => block === "1,005");
    });
    await page.screenshot({ path: join(folder, "200-scrolled.png") });
    expect(longestTask).toBeGreaterThan(0);
    expect(longestTask).toBeLessThan(200);
    expect(await page.getByRole("button", { name: "Propagation" }).boundingBox()).toMatchObject({
      y: expect.closeTo(0, -1.5),
    });
    expect(complaints).toEqual([]);
  });
});
