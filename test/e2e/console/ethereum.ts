import { getAddress } from "ethers";
import type { Page } from "playwright-core";
import { rpc } from "../../support/ethereum/geth-dev.ts";
import { testTokenCall, testTokenCreation, testTokenReason } from "../../support/ethereum/test-token.ts";
import type { BrowserPage } from "../../support/gateway/browser-page.ts";
import { type ConsoleStage, openConsole, testReadability } from "../../support/gateway/console-stage.ts";
import type { RealConsole } from "../../support/gateway/real-console.ts";
import { waitFor } from "../../support/wait-for.ts";

const rows = (page: Page) => page.locator(".eth-blocks tbody tr");
const newest = async (page: Page) => Number((await rows(page).first().locator("td a").textContent()) ?? "");
const fact = (page: Page, name: string) =>
  page.locator(".eth-facts > div", { has: page.getByText(name, { exact: true }) }).locator("dd");

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("searchbox").press("Enter");
}

/** Declares tests of the view Ethereum with the embedded chain. */
export function describeEthereumView(stage: () => ConsoleStage): void {
  describe("Ethereum", () => {
    /** A page with a transaction that is in a block. */
    let transaction = "";

    it("follows the chain, and stops while paused", async () => {
      await using opened = await openConsole(stage(), "ethereum");
      const { page, figure, complaints } = opened;
      await waitFor("three blocks", async () => (await rows(page).count()) >= 3);
      const first = await newest(page);
      await waitFor("another block", async () => (await newest(page)) > first);
      await page.getByRole("button", { name: "Pause" }).click();
      const paused = await newest(page);
      await waitFor("blocks meanwhile", async () => Number(await figure("Latest block")) > paused + 1);
      expect(await newest(page)).toBe(paused);
      await page.getByRole("button", { name: "Resume" }).click();
      await waitFor("the blocks of the pause", async () => (await newest(page)) > paused + 1);
      expect(await figure("Mean block time")).toMatch(/^2\.\d s$/);
      expect(await page.getByRole("img", { name: /^Seconds between the last/ }).count()).toBe(1);
      expect(complaints).toEqual([]);
    });

    it("sends one ether to the other account, and shows the transaction, its block and its sender", async () => {
      await using opened = await openConsole(stage(), "ethereum");
      const { page, complaints } = opened;
      const accounts = page.locator(".eth-accounts li");
      await accounts.nth(0).getByText("100 ether").waitFor();
      await accounts.nth(0).getByRole("button").click();
      await accounts.nth(1).getByText("201 ether").waitFor();
      await accounts
        .nth(0)
        .getByText(/^98\.99\d+ ether$/)
        .waitFor();
      await page.getByRole("status").getByRole("link").click();
      await fact(page, "Status").getByText("succeeded").waitFor();
      transaction = new URL(page.url()).pathname.split("/").at(-1)!;
      expect(await fact(page, "Value").textContent()).toBe("1 ether");
      expect(await fact(page, "Gas used").textContent()).toMatch(/^21,000 of /);
      const transfer = await page.getByRole("row", { name: /^ether/ }).textContent();
      expect(transfer).toMatch(/^ether0xFa4087…f803530x8ab8F3…2c0AAC1ether$/);

      await fact(page, "Block").getByRole("link").click();
      await page.getByRole("heading", { name: /^Block \d+/ }).waitFor();
      await page.getByRole("row", { name: transaction.slice(0, 8) }).waitFor();
      await page.getByText("logsBloom").waitFor();
      expect(await page.locator("pre").first().isVisible()).toBe(false);

      await page
        .getByRole("row", { name: transaction.slice(0, 8) })
        .getByRole("link")
        .nth(1)
        .click();
      await page.getByRole("heading", { name: "Address" }).waitFor();
      await page.getByRole("row", { name: "sent" }).first().waitFor();
      expect(await opened.figure("Balance")).toMatch(/^98\.99\d+ ether$/);
      expect(await opened.figure("Transactions sent")).toBe("1");
      await page.reload();
      await page.getByRole("row", { name: "sent" }).first().waitFor();
      expect(complaints).toEqual([]);
    });

    it("finds blocks, transactions and addresses, and reports searches without a result", async () => {
      await using opened = await openConsole(stage(), "ethereum");
      const { page, complaints } = opened;
      await search(page, "1");
      await page.getByRole("heading", { name: "Block 1", exact: true }).waitFor();
      const hash = (await fact(page, "Hash").locator("code").textContent())!;
      await search(page, hash);
      await fact(page, "Number").getByText("1", { exact: true }).waitFor();
      await search(page, transaction);
      await page.getByRole("heading", { name: "Transaction" }).waitFor();
      await search(page, "0xfa4087d3688a289c9c92e773a7b46cb9ccf80353");
      await page.getByRole("heading", { name: "Address" }).waitFor();
      await search(page, "99,999,999");
      await page.getByRole("alert").getByText("The chain has no block 99999999.").waitFor();
      expect(new URL(page.url()).search).toBe("?q=99%2C999%2C999");
      await search(page, "<script>alert(1)</script>");
      await page.getByRole("alert").getByText("it must be a block's number").waitFor();
      await page.reload();
      await page.getByRole("alert").getByText("it must be a block's number").waitFor();
      expect(complaints).toEqual([]);
    });

    testReadability(stage, { name: "ethereum", path: "ethereum", ready: blocksAreShown });
    testReadability(stage, {
      name: "transaction",
      path: () => `ethereum/transaction/${transaction}`,
      ready: async ({ page }) => fact(page, "Status").getByText("succeeded").waitFor(),
    });
  });
}

async function blocksAreShown({ page }: BrowserPage): Promise<void> {
  await rows(page).nth(2).waitFor();
  await page.locator(".eth-side canvas").waitFor();
  await page.getByText("without consensus").waitFor();
}

/** Declares tests of the view Ethereum with a real Geth. */
export function describeEthereumWithGeth(stage: () => RealConsole): void {
  describe("Ethereum, with Geth", () => {
    it("decodes transfers of tokens, and shows the reason of a reverted transaction", async () => {
      const { url } = stage().geth;
      const [from] = (await rpc(url, "eth_accounts")) as [string];
      const to = "0x8ab8F3fc6c660d3f0B22490050C843cafd2c0AAC";
      const send = (fields: object) =>
        rpc(url, "eth_sendTransaction", [{ from, gas: "0x100000", ...fields }]) as Promise<string>;
      const readReceipt = (hash: string) =>
        waitFor("the receipt", async () => {
          const receipt = await rpc(url, "eth_getTransactionReceipt", [hash]);
          return (receipt as { contractAddress: string } | null) ?? undefined;
        });
      const creation = await send({ data: testTokenCreation() });
      const token = getAddress((await readReceipt(creation)).contractAddress);
      const coins = await send({ to: token, data: testTokenCall("transfer(address,uint256)", to, 12_345) });
      const item = await send({
        to: token,
        data: testTokenCall("safeTransferFrom(address,address,uint256)", from, to, 77),
      });
      const refused = await send({ to: token, data: "0x12345678" });

      await using opened = await openConsole(stage(), `ethereum/transaction/${refused}`);
      const { page, complaints } = opened;
      // It may still be pending: the page updates itself.
      await fact(page, "Status").getByText("reverted").waitFor();
      expect(await fact(page, "Status").textContent()).toContain(testTokenReason);
      await search(page, coins);
      await page.getByRole("row", { name: "ERC-20" }).getByText("123.45").waitFor();
      await page.getByRole("row", { name: "ERC-20" }).getByText("TOK").waitFor();
      await page.getByRole("heading", { name: "Input: transfer" }).waitFor();
      await search(page, item);
      await page.getByRole("row", { name: "ERC-721" }).getByText("no. 77").waitFor();
      await search(page, creation);
      await fact(page, "Creates").getByRole("link", { name: token }).click();
      await page.getByText("Contract of TOK").waitFor();
      await page.getByRole("row", { name: "safeTransferFrom" }).waitFor();
      expect(complaints).toEqual([]);
    });

    it("shows safe and finalized blocks with proof of stake", async () => {
      await using opened = await openConsole(stage(), "ethereum");
      const { page, complaints } = opened;
      await fact(page, "Kind").getByText("proof of stake").waitFor();
      expect(await fact(page, "Finalized block").textContent()).toMatch(
        /^(none yet|[\d,]+ \([\d,]+ behind\))$/,
      );
      await page.getByText("ETHSTATS_URL").waitFor();
      expect(await page.getByRole("button", { name: /^Send 1 ether/ }).count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });
}
