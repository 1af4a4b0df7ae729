// needs: chromium
import { hasChromium, startBrowser } from "../support/gateway/browser.ts";
import type { ConsoleStage } from "../support/gateway/console-stage.ts";
import { startGateway } from "../support/gateway/gateway.ts";
import { requireService } from "../support/require-service.ts";
import { describeAccess } from "./console/access.ts";
import { describeDocuments } from "./console/documents.ts";
import { describeEthereumView } from "./console/ethereum.ts";
import { describeFunctionsView } from "./console/functions.ts";
import { describeHealth } from "./console/health.ts";
import { describeDownPeers, describeOverview } from "./console/overview.ts";
import { describeConnectionLoss, describeFrame, describeTabs, describeViews } from "./console/shell.ts";
import { describeTopicsWithoutKafka } from "./console/topics.ts";

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

  describeViews(() => stage);
  describeFunctionsView(() => stage);
  describeEthereumView(() => stage);
  describeTopicsWithoutKafka(() => stage);
  describeFrame(() => stage);
  describeTabs(() => stage);
  describeOverview(() => stage);
  describeDownPeers(() => stage);
  describeHealth(() => stage);
  describeDocuments(() => stage);
  describeConnectionLoss(() => stage);
  describeAccess(() => stage);
});
