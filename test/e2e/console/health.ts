import { type ConsoleStage, openConsole, testReadability } from "../../support/gateway/console-stage.ts";

/** Declares tests of the view Health on a gateway with embedded parts. */
export function describeHealth(stage: () => ConsoleStage): void {
  it("shows each part with its state and setting, and no path of the machine", async () => {
    await using opened = await openConsole(stage(), "health");
    const { page, complaints } = opened;
    await page.getByText("All configured parts are up.").waitFor();
    const rows = await page.locator(".health-list li").allTextContents();
    expect(rows.map((text) => text.replaceAll(/\s+/g, " "))).toEqual([
      expect.stringMatching(/^Kafkanot set.*KAFKA_BROKERS$/),
      expect.stringMatching(/^Functionsup.*4 functions.*STACK$/),
      expect.stringMatching(/^EthereumupEmbedded: anvil.*GETH_RPC_ENDPOINT$/),
      expect.stringMatching(/^ElasticsearchupEmbedded: an SQLite file in DATA_DIR.*ELASTICSEARCH_URL$/),
    ]);
    expect(await page.locator("main").textContent()).not.toMatch(/\/(root|home|tmp|work|Users)\//);
    expect(complaints).toEqual([]);
  });

  testReadability(stage, {
    name: "health",
    path: "health",
    ready: ({ page }) => page.getByText("All configured parts are up.").waitFor(),
  });
}
