import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { type ConsoleStage, openConsole, testReadability } from "../../support/gateway/console-stage.ts";
import { httpCall } from "../../support/http/http-call.ts";
import { waitFor } from "../../support/wait-for.ts";

const author = "searched_for";
const script = "<script>alert(1)</script><img src=x onerror=alert(2)> What a wonderful day";
const texts = [
  script,
  "It is not very good! The rest is terrible.",
  "Don't panic: 日本 has the best café 👍",
  "Nothing to say",
];

const rows = (page: Page) => page.locator(".documents-results tbody tr");
const readDocumentTexts = (page: Page) =>
  page.locator(".documents-results .documents-text").allTextContents();
const readDocumentCount = (page: Page) => page.locator("#documents-count").textContent();

/** Sends posts to tweet-enrich, each a second later than the previous one. */
async function sendPosts({ gateway }: ConsoleStage, posts: readonly string[], handle: string) {
  const tweets = posts.map((text, index) => ({
    id_str: `${handle}-${text.length}-${index}`,
    text,
    created_at: new Date(Date.UTC(2026, 0, 31, 12, 0, index)).toISOString(),
    user: { screen_name: handle, name: "Ada" },
  }));
  const answer = await httpCall(`${gateway.url}/function/tweet-enrich`, { body: JSON.stringify(tweets) });
  expect(answer.status).toBe(200);
}

/** Declares tests of the view Documents, on a gateway that invents posts. */
export function describeDocuments(stage: () => ConsoleStage): void {
  describe("documents", () => {
    beforeAll(() => sendPosts(stage(), texts, author));

    const open = (query = "") => openConsole(stage(), `documents${query}`);

    it("searches documents, keeps the search in the URL, and escapes HTML in texts", async () => {
      await using opened = await open();
      const { page, complaints } = opened;
      await rows(page).first().waitFor();
      const search = page.getByRole("searchbox", { name: "Search documents" });
      await search.fill(`author:${author.toUpperCase()} NOT "to say"`);
      await search.press("Enter");
      await waitFor("the documents", async () => (await readDocumentCount(page)) === "3 documents");
      expect(await readDocumentTexts(page)).toEqual([texts[2], texts[1], texts[0]]);
      expect(await page.locator(".documents-results script, .documents-results img").count()).toBe(0);
      await page.reload();
      await waitFor("the documents", async () => (await readDocumentCount(page)) === "3 documents");
      expect(await search.inputValue()).toContain(author.toUpperCase());

      await search.fill("polarity:high");
      await search.press("Enter");
      const problem = page.getByRole("alert").filter({ hasText: "character 10" });
      await problem.getByText('"high" is not a number, which polarity needs').waitFor();
      await page.goBack();
      await waitFor("the documents", async () => (await readDocumentCount(page)) === "3 documents");
      expect(complaints).toEqual([]);
    });

    it("filters by a range that is dragged on the histogram, or typed", async () => {
      await using opened = await open(`?author=${author}`);
      const { page, complaints } = opened;
      await waitFor("the documents", async () => (await readDocumentCount(page)) === "4 documents");
      const plot = page.locator(".documents-score").first().locator(".u-over");
      const box = (await plot.boundingBox())!;
      const toPosition = (value: number) =>
        [box.x + ((value + 1) / 2) * box.width, box.y + box.height / 2] as const;
      await page.mouse.move(...toPosition(0.22));
      await page.mouse.down();
      await page.mouse.move(...toPosition(0.6), { steps: 3 });
      await page.mouse.move(...toPosition(0.98), { steps: 3 });
      await page.mouse.up();
      await waitFor("the address", () => new URL(page.url()).searchParams.get("polarityMin") === "0.2");
      await waitFor("the documents", async () => (await readDocumentCount(page)) === "2 documents");
      const least = page.getByRole("spinbutton", { name: "Polarity at least" });
      expect(await least.inputValue()).toBe("0.2");
      await least.fill("");
      await page.getByRole("spinbutton", { name: "Polarity below" }).fill("0");
      await page.keyboard.press("Tab");
      await waitFor("the documents", async () => (await readDocumentTexts(page)).join() === texts[1]);
      await page.getByRole("button", { name: "Clear all filters" }).click();
      await waitFor("all documents", async () => (await rows(page).count()) > 4);
      expect(complaints).toEqual([]);
    });

    it("keeps rows in place while the list is paused or text is selected, and turns pages", async () => {
      await using opened = await open();
      const { page } = opened;
      await rows(page).nth(3).waitFor();
      await page.locator(".documents-text").nth(1).selectText();
      const before = await readDocumentTexts(page);
      await sendPosts(stage(), texts, "newcomer");
      const reload = await page.waitForRequest(/\/api\/documents\?/);
      await (await reload.response())?.finished();
      expect(await readDocumentTexts(page)).toEqual(before);
      await page.getByRole("button", { name: "Pause" }).click();
      await page.evaluate("getSelection().removeAllRanges()");
      await page.getByRole("button", { name: "Resume" }).click();
      await waitFor("the new documents", async () => (await readDocumentTexts(page))[0] !== before[0]);
      await page.getByRole("link", { name: "Next page" }).click();
      await page.getByRole("link", { name: "First page" }).waitFor();
      const second = await readDocumentTexts(page);
      expect(second.length).toBeGreaterThan(0);
      await page.reload();
      await rows(page).first().waitFor();
      expect(await readDocumentTexts(page)).toEqual(second);
    });

    it("shows a whole document with its sentences and the words that determined its score", async () => {
      await using opened = await open(`?author=${author}&q=terrible`);
      const { page, complaints } = opened;
      await rows(page).first().getByRole("link").first().click();
      const sentences = page.locator(".documents-sentence");
      await sentences.nth(1).waitFor();
      expect(await sentences.allTextContents()).toEqual(["It is not very good!", "The rest is terrible."]);
      expect(await sentences.first().locator("mark").allTextContents()).toEqual(["not", "very", "good", "!"]);
      expect(await page.locator(".documents-words li").allTextContents()).toEqual([
        expect.stringMatching(/^not very good ! −0\.\d\d$/),
        "terrible −1.00",
      ]);
      expect(JSON.parse((await page.locator("pre").textContent())!)).toMatchObject({
        "twitter.msg": texts[1],
        "twitter.handle": author,
      });
      await page.reload();
      await sentences.nth(1).waitFor();
      expect(complaints).toEqual([]);
    });

    it("exports the filtered documents", async () => {
      await using opened = await open(`?author=${author}&order=asc&sort=created`);
      const { page } = opened;
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "NDJSON" }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^documents-.*\.ndjson$/);
      const lines = readFileSync(await download.path(), "utf8")
        .trim()
        .split("\n");
      expect(lines.map((line) => JSON.parse(line)["twitter.msg"])).toEqual(texts);
    });

    testReadability(stage, {
      name: "documents",
      path: "documents",
      async ready({ page }) {
        await rows(page).nth(3).waitFor();
      },
    });

    testReadability(stage, {
      name: "document",
      path: () => `documents/sentiment-2026-01/${author}-${texts[1]!.length}-1`,
      async ready({ page }) {
        await page.locator(".documents-sentence").nth(1).waitFor();
      },
    });
  });
}
