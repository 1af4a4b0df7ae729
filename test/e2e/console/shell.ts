import type { Page } from "playwright-core";
import { phone } from "../../support/gateway/browser-page.ts";
import { type ConsoleStage, openConsole } from "../../support/gateway/console-stage.ts";
import { startGateway } from "../../support/gateway/gateway.ts";
import { waitFor } from "../../support/wait-for.ts";

const titles = ["Overview", "Documents", "Topics", "Functions", "Ethereum", "Health"];
/** Returns the controls that are less than 44 pixels high. */
const smallControls = `[...document.querySelectorAll("a, button, select, summary, input")]
  .filter((control) => !control.classList.contains("skip"))
  .map((control) => [control.textContent, control.getBoundingClientRect().height])
  .filter(([, height]) => height > 0 && height < 43.5)`;
const focused = "document.activeElement.textContent";

/** Declares tests of the console's frame: each view has an address. */
export function describeViews(stage: () => ConsoleStage): void {
  it("opens each view by the navigation and by its address", async () => {
    await using opened = await openConsole(stage());
    const { page, complaints } = opened;
    for (const title of titles) {
      await page.getByRole("navigation").getByRole("link", { name: title }).click();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      expect(await page.title()).toBe(`${title} · Serverless data platform`);
      await page.reload();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
    }
    expect(complaints).toEqual([]);
  });
}

/** Declares tests of keyboard use, phones, dark mode and unknown addresses. */
export function describeFrame(stage: () => ConsoleStage): void {
  it("works by keyboard alone: the focus follows the navigation", async () => {
    await using opened = await openConsole(stage());
    const { page } = opened;
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(focused)).toBe("To the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    await page.getByRole("navigation").getByRole("link", { name: "Health" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Health" }).waitFor();
    expect(await page.evaluate(focused)).toBe("Health");
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    expect(await page.evaluate(focused)).toBe("Overview");
  });

  it("shows all views on a phone without horizontal scrolling, with controls large enough for fingers", async () => {
    await using opened = await openConsole(stage(), "", phone);
    const { page } = opened;
    for (const title of titles) {
      const box = await page.getByRole("navigation").getByRole("link", { name: title }).boundingBox();
      expect(box!.width).toBeGreaterThanOrEqual(44);
      expect(box!.height).toBeGreaterThanOrEqual(44);
      expect(box!.x).toBeGreaterThanOrEqual(0);
      expect(box!.x + box!.width).toBeLessThanOrEqual(390);
      expect(box!.y + box!.height).toBeLessThanOrEqual(844);
    }
    await page.locator(".overview-posts li").nth(3).waitFor();
    expect(await page.evaluate(smallControls)).toEqual([]);
    for (const [title, content] of [
      ["Documents", ".documents-results td a"],
      ["Functions", ".functions-name a"],
      ["Ethereum", ".eth-blocks td a"],
      ["Health", ".health-list li"],
    ] as const) {
      await page.getByRole("navigation").getByRole("link", { name: title }).click();
      await page.locator(content).first().waitFor();
      expect([title, await page.evaluate(smallControls)]).toEqual([title, []]);
    }
  });

  it("keeps the chosen colours", async () => {
    await using opened = await openConsole(stage(), "health");
    const { page } = opened;
    const background = "getComputedStyle(document.body).backgroundColor";
    const light = await page.evaluate(background);
    await page.getByLabel("Colours").selectOption("dark");
    const dark = await page.evaluate(background);
    expect(dark).not.toBe(light);
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.evaluate(background)).toBe(dark);
    expect(await page.getByLabel("Colours").inputValue()).toBe("dark");
  });

  it("copies without the clipboard API, which pages over plain HTTP lack", async () => {
    await using opened = await openConsole(stage(), "ethereum");
    const { page } = opened;
    await page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await page.goto(new URL("block/0", `${page.url()}/`).href);
    await page.getByRole("button", { name: "Copy" }).first().click();
    expect(await page.evaluate(focused)).toBe("Copied");
    await page.getByLabel("Block number, hash or address").focus();
    await page.keyboard.press("ControlOrMeta+V");
    expect(await page.getByLabel("Block number, hash or address").inputValue()).toMatch(/^0x[0-9a-f]{64}$/);
  });

  it("returns the focus when a dialog closes", async () => {
    await using opened = await openConsole(stage(), "functions/sentiment");
    const { page } = opened;
    for (const close of ["Escape", "Cancel"]) {
      await page.getByRole("button", { name: "Scale down to 0" }).click();
      const cancel = page.getByRole("dialog").getByRole("button", { name: "Cancel" });
      await cancel.waitFor();
      await (close === "Escape" ? page.keyboard.press("Escape") : cancel.click());
      await page.getByRole("dialog").waitFor({ state: "detached" });
      expect(await page.evaluate(focused)).toBe("Scale down to 0");
    }
  });

  it("lists the views at an unknown address", async () => {
    await using opened = await openConsole(stage(), "nothing/of/the/kind");
    const { page, complaints } = opened;
    await page.getByRole("heading", { level: 1, name: "Not found" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Health" }).click();
    await page.getByRole("heading", { level: 1, name: "Health" }).waitFor();
    expect(complaints).toEqual([]);
  });
}

/** Declares tests of several tabs, which share the browser's connections. */
export function describeTabs(stage: () => ConsoleStage): void {
  it("opens more tabs than a browser opens connections to a host", async () => {
    await using opened = await openConsole(stage(), "health");
    const context = opened.page.context();
    await context.addInitScript(
      "Object.defineProperty(document, 'hidden', { get: () => window.isHidden === true })",
    );
    const show = (isHidden: boolean) =>
      `window.isHidden = ${isHidden}; document.dispatchEvent(new Event("visibilitychange"))`;
    const tabs: Page[] = [];
    for (let count = 0; count < 8; count += 1) {
      const tab = await context.newPage();
      await tab.goto(opened.page.url());
      await tab.locator("#connection", { hasText: "live" }).waitFor();
      await tab.evaluate(show(true));
      tabs.push(tab);
    }
    const [first] = tabs;
    const events = first!.waitForRequest(/api\/events$/);
    await first!.evaluate(show(false));
    expect((await (await events).response())?.status()).toBe(200);
  });
}

/** Call this last: it replaces the gateway of the stage. */
export function describeConnectionLoss(stage: () => ConsoleStage): void {
  it("shows unknown states while the connection is lost, and continues when the gateway is back", async () => {
    const { port } = new URL(stage().gateway.url);
    await using opened = await openConsole(stage(), "health");
    const { page, figure } = opened;
    await page.getByText("All configured parts are up.").waitFor();
    await stage().gateway[Symbol.asyncDispose]();
    await page.getByRole("alert").getByText("No connection to the gateway.").waitFor();
    expect(await page.locator("#connection").textContent()).toBe("disconnected");
    expect(await page.locator(".health-list .state").allTextContents()).toEqual([
      ...Array(3).fill("unknown"),
      "not set",
    ]);
    await page.getByRole("navigation").getByRole("link", { name: "Overview" }).click();
    await page.getByText("state unknown").nth(3).waitFor();
    expect(await page.locator("main .state.up").count()).toBe(0);
    stage().gateway = await startGateway({ env: { POSTS: "", PORT: port } });
    await page.locator("#connection", { hasText: "live" }).waitFor();
    await page.locator("main .state.up").nth(3).waitFor();
    expect(await page.getByText("No connection").count()).toBe(0);
    await waitFor("the new chain", async () => Number(await figure("Block")) < 10);
  });
}
