// needs: chromium
import { hasChromium, startBrowser } from "../support/gateway/browser.ts";
import type { ConsoleStage } from "../support/gateway/console-stage.ts";
import { startGateway } from "../support/gateway/gateway.ts";
import { requireService } from "../support/require-service.ts";
import { itIsClosedToOtherSites } from "./console/access.ts";
import { itShowsDocuments } from "./console/documents.ts";
import { itShowsEthereum } from "./console/ethereum.ts";
import { itShowsFunctions } from "./console/functions.ts";
import { itShowsHealth } from "./console/health.ts";
import { itShowsTheOverview, itShowsWhatIsDown } from "./console/overview.ts";
import { itFollowsTheConnection, itHasAFrame, itHasViews, itSharesConnections } from "./console/shell.ts";
import { itSaysHowToStartKafka } from "./console/topics.ts";

jest.setTimeout(60_000);

requireService("Chromium", hasChromium, () => {
  let stage: ConsoleStage;
  beforeAll(async () => {
    const [gateway, browser] = await Promise.all([startGateway({ env: { POSTS: "" } }), startBrowser()]);
    stage = { gateway, browser };
  });
  afterAll(async () => {
    await stage?.browser.close();
    await stage?.gateway[Symbol.asyncDispose]();
  });

  itHasViews(() => stage);
  itShowsFunctions(() => stage);
  itShowsEthereum(() => stage);
  itSaysHowToStartKafka(() => stage);
  itHasAFrame(() => stage);
  itSharesConnections(() => stage);
  itShowsTheOverview(() => stage);
  itShowsWhatIsDown(() => stage);
  itShowsHealth(() => stage);
  itShowsDocuments(() => stage);
  itFollowsTheConnection(() => stage);
  itIsClosedToOtherSites(() => stage);
});
