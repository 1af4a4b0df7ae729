import type { Locator, Page } from "playwright-core";
import { phone } from "../../support/gateway/browser-page.ts";
import { type ConsoleStage, openConsole, testReadability } from "../../support/gateway/console-stage.ts";
import type { RealConsole } from "../../support/gateway/real-console.ts";
import { httpCall } from "../../support/http/http-call.ts";
import { waitFor } from "../../support/wait-for.ts";

/** The result that the form shows after a call. */
interface Invoked {
  status: string;
  answer: string;
  curl: string;
}

/** Calls the function of a page by its form, with the example of a label. */
async function invoke(page: Page, example: string, body?: string): Promise<Invoked> {
  await page.getByRole("combobox", { name: "Example", exact: true }).selectOption(example);
  if (body !== undefined) await page.getByLabel("Body", { exact: true }).fill(body);
  await page.getByRole("button", { name: "Invoke", exact: true }).click();
  const status = page.locator(".functions-answer [role=status]").first();
  await status.getByText(/^\d{3} /).waitFor();
  // The body arrives after the status.
  await page.locator(".functions-answer pre:not(:empty)").waitFor();
  return {
    status: (await status.textContent()) ?? "",
    answer: await readText(page.locator(".functions-answer pre")),
    curl: await readText(page.locator(".curl code")),
  };
}

async function readText(element: Locator): Promise<string> {
  return (await element.textContent()) ?? "";
}

/** Returns a row of the list of functions. */
function findRow(page: Page, name: string): Locator {
  return page.locator("tbody tr", { has: page.getByRole("link", { name, exact: true }) });
}

/** Declares tests of the view Functions on the functions of stack.yml. */
export function describeFunctionsView(stage: () => ConsoleStage): void {
  const open = (path: string) => openConsole(stage(), path);

  async function change(method: string, path: string, body: object): Promise<void> {
    const url = `${stage().gateway.url}/system/${path}`;
    const answer = await httpCall(url, { method, body: JSON.stringify(body) });
    expect(answer.status).toBeLessThan(300);
  }

  it("calls each function, and shows its answer and the curl line", async () => {
    const { url } = stage().gateway;
    {
      await using opened = await open("functions");
      const kind = await invoke(opened.page, "A text");
      expect(kind.status).toMatch(/^200 OK in [\d.]+ ms, application\/json/);
      expect(kind.answer).toBe('{\n  "polarity": 0.6,\n  "sentence_count": 1,\n  "subjectivity": 0.9\n}');
      expect(kind.curl).toBe(`curl --data-raw 'People are kind' ${url}/function/sentiment`);
      const link = opened.page.getByRole("link", { name: "OpenAPI document" });
      expect(await link.getAttribute("href")).toBe(`${url}/openapi.json`);
      expect(opened.complaints).toEqual([]);
    }
    await using opened = await open("functions/sentimentanalysis");
    const { page, complaints } = opened;
    expect(JSON.parse((await invoke(page, "A batch")).answer)).toHaveLength(3);
    await page.goto(`${url}/ui/functions/last-block?example=The+last+five+headers`);
    expect(await page.getByLabel("Path and query").inputValue()).toBe("?count=5");
    expect((await invoke(page, "The last five headers")).answer).toContain('"number":');
    const refused = await invoke(page, "A missing block: a 4xx explains the error");
    expect(refused.status).toMatch(/^404 .*problem\+json/);
    await page.goto(`${url}/ui/functions/tweet-enrich`);
    expect(JSON.parse((await invoke(page, "A tweet")).answer)).toMatchObject({ "twitter.handle": "ada" });
    expect(complaints).toEqual([]);
  });

  it("collapses logsBloom in a block, and expands it on request", async () => {
    await using opened = await open("functions/last-block");
    const { page, complaints } = opened;
    const { answer } = await invoke(page, "The node's own JSON");
    expect(answer).toMatch(/"logsBloom": "0x0{8}…0{8}" \(512 digits\)/);
    await page.getByRole("button", { name: "Show 1 long value whole" }).click();
    await page.locator("pre", { hasText: `"0x${"0".repeat(512)}"` }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("shows a call among the latest calls with its log lines, also after a reload", async () => {
    await using opened = await open("functions/sentiment");
    const { page, complaints } = opened;
    await invoke(page, "A text");
    const link = page.locator(".functions-answer a");
    const callId = await readText(link);
    await link.click();
    const panel = page.getByRole("region", { name: `Call ${callId}` });
    await panel.getByText("status=200").waitFor();
    await page.reload();
    await panel.getByText("status=200").waitFor();
    await page.getByRole("combobox", { name: "Status" }).selectOption("5xx");
    await page.getByText("None of the last 100 calls matches.").waitFor();
    await page.getByRole("combobox", { name: "Status" }).selectOption("2xx");
    await page.getByRole("row", { name: callId }).getByText("synchronous").waitFor();
    await page.locator("summary", { hasText: "As a table" }).click();
    await page.getByRole("region", { name: "Calls by minute" }).getByRole("row").nth(1).waitFor();
    expect(complaints).toEqual([]);
  });

  it("follows an asynchronous call to its result, and keeps the result", async () => {
    await using opened = await open("functions/sentiment");
    const { page, complaints } = opened;
    await page.getByLabel("Body", { exact: true }).fill("What a horrible day");
    await page.getByRole("button", { name: "Invoke asynchronously" }).click();
    await page.locator(".functions-answer .ended").waitFor();
    expect(JSON.parse(await readText(page.locator(".functions-answer pre")))).toMatchObject({ polarity: -1 });
    await page.locator(".functions-answer a").click();
    await page
      .getByRole("region", { name: /^Call / })
      .locator("pre", { hasText: '"polarity": -1' })
      .waitFor();
    await page.getByRole("row").getByText("ended").first().waitFor();
    expect(complaints).toEqual([]);
  });

  it("follows the log, filters it, and stops while paused", async () => {
    await using opened = await open("functions/sentiment?tab=log");
    const { page, complaints } = opened;
    await page.getByText("following").waitFor();
    const call = (id: string) =>
      httpCall(`${stage().gateway.url}/function/sentiment`, { body: "hi", headers: { "x-call-id": id } });
    const lines = page.locator(".functions-lines li");
    await call("first-of-log");
    await lines.getByText("call_id=first-of-log").waitFor();
    await page.getByRole("button", { name: "Pause" }).click();
    await call("second-of-log");
    await page.getByRole("button", { name: "Resume (1 new line)" }).waitFor();
    expect(await lines.getByText("second-of-log").count()).toBe(0);
    await page.getByRole("button", { name: /^Resume/ }).click();
    await lines.getByText("second-of-log").waitFor();
    await page.getByLabel("Filter").fill("FIRST-of-log");
    await waitFor("one line", async () => (await lines.count()) === 1);
    await page.reload();
    await lines.getByText("call_id=first-of-log").waitFor();
    expect(await lines.count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("keeps an example that the user saves, in this browser", async () => {
    await using opened = await open("functions/sentiment");
    const { page, complaints } = opened;
    await page.getByLabel("Body", { exact: true }).fill("I love it");
    await page.locator("summary", { hasText: "Save as an example" }).click();
    await page.getByLabel("Name of the example").fill("My own");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL(/example=My\+own/);
    await page.reload();
    expect(await page.getByLabel("Body", { exact: true }).inputValue()).toBe("I love it");
    await page.getByRole("button", { name: "Delete this example" }).click();
    expect(await page.getByLabel("Body", { exact: true }).inputValue()).toBe("People are kind");
    expect(complaints).toEqual([]);
  });

  it("follows deployments: a function appears, changes, is scaled and disappears; its examples come from its annotation", async () => {
    await using opened = await open("functions");
    const { page, complaints } = opened;
    const mood = (description: string) => ({
      service: "mood",
      image: "sentiment",
      envVars: { API_KEY: "hunter2", LOG_LEVEL: "debug" },
      annotations: { description, examples: '[{"label": "Its own", "body": "A nice day"}]' },
    });
    await change("POST", "functions", mood("First"));
    await findRow(page, "mood").getByText("up, 1 of 1").waitFor();
    await findRow(page, "mood").getByText("First", { exact: true }).waitFor();
    await change("PUT", "functions", mood("Second"));
    await findRow(page, "mood").getByText("Second", { exact: true }).waitFor();

    await page.getByRole("link", { name: "mood", exact: true }).click();
    expect(JSON.parse((await invoke(page, "Its own")).answer)).toMatchObject({ polarity: 0.6 });
    await page.getByRole("button", { name: "Scale down to 0" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Scale to 0" }).click();
    await page.getByText("at zero; a call starts it").waitFor();
    await page.getByRole("button", { name: "Scale up to 1" }).click();
    await page.getByText("up, 1 of 1").waitFor();
    await page.getByRole("link", { name: "Definition" }).click();
    const row = page.getByRole("row", { name: "API_KEY" });
    await row.getByText("hidden").waitFor();
    expect(await page.content()).not.toContain("hunter2");

    await change("DELETE", "functions", { functionName: "mood" });
    await page.getByText('There is no function "mood"').waitFor();
    await page.getByRole("link", { name: "All functions" }).click();
    await findRow(page, "sentiment").waitFor();
    await findRow(page, "mood").waitFor({ state: "detached" });
    expect(complaints).toEqual([]);
  });

  testReadability(stage, {
    name: "functions",
    path: "functions",
    ready: async ({ page }) => findRow(page, "tweet-enrich").getByText("up, 1 of 1").waitFor(),
  });
  testReadability(stage, {
    name: "function",
    path: "functions/sentiment",
    ready: async ({ page }) => void (await invoke(page, "Two sentences, scored separately")),
  });
  testReadability(stage, {
    name: "function-calls",
    path: "functions/sentiment?tab=calls",
    ready: async ({ page }) => page.getByRole("region", { name: /^The last calls/ }).waitFor(),
  });
  it("is readable in its other parts: log and definition, on a phone", async () => {
    await using opened = await openConsole(stage(), "functions/sentiment?tab=log", phone);
    const { page, seriousFindings, complaints } = opened;
    const readable = async () => {
      expect(await seriousFindings()).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    };
    await page.locator(".functions-lines li").first().waitFor();
    await readable();
    await page.getByRole("link", { name: "Definition" }).click();
    await page.getByText("Root file system").waitFor();
    await readable();
    expect(complaints).toEqual([]);
  });
}

/** Declares tests of functions with a real Geth, Kafka and Elasticsearch. */
export function describeFunctionCalls(stage: () => RealConsole): void {
  it("calls functions that use Geth, Kafka and Elasticsearch", async () => {
    await stage().kafka.makeTopics(["twitter-enriched"]);
    await using opened = await openConsole(stage(), "functions/last-block");
    const { page, complaints } = opened;
    expect((await invoke(page, "The node's own JSON")).answer).toMatch(/"logsBloom": "0x0{8}…/);
    await page.goto(`${stage().gateway.url}/ui/functions/tweet-enrich`);
    expect(JSON.parse((await invoke(page, "A tweet")).answer)).toMatchObject({ "twitter.handle": "ada" });
    expect(complaints).toEqual([]);
  });
}
