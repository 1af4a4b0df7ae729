import type { Producer } from "kafkajs";
import { openConsole, testReadability } from "../../support/gateway/console-stage.ts";
import type { RealConsole } from "../../support/gateway/real-console.ts";
import { startConnector } from "../../support/kafka/stream.ts";
import { kafkaClient } from "../../support/kafka/topic-messages.ts";
import type { StartedService } from "../../support/process/service.ts";

const tweet = (text: string) => ({ value: JSON.stringify({ text, user: { screen_name: "ada" } }) });

/** Declares tests of the overview on a gateway with a real Kafka, Elasticsearch and Geth. */
export function describePipeline(stage: () => RealConsole): void {
  describe("the pipeline", () => {
    let producer: Producer;
    let connector: StartedService;
    beforeAll(async () => {
      await stage().kafka.makeTopics(["twitter-enriched", "twitter.dead-letter"]);
      producer = kafkaClient(stage().kafka.brokers).producer();
      await producer.connect();
    });
    afterAll(async () => {
      await producer?.disconnect();
      await connector?.[Symbol.asyncDispose]();
    });
    const send = (messages: { value: string }[]) => producer.send({ topic: "twitter", messages });

    it("shows messages, rates, calls and dead letters from the topic to the index, and the lag without a connector", async () => {
      const { kafka, gateway } = stage();
      connector = await startConnector({ KAFKA_BROKERS: kafka.brokers, GATEWAY_URL: gateway.url });
      await using opened = await openConsole(stage());
      const { page, complaints } = opened;
      const lane = page.getByRole("list", { name: "Posts from topic twitter to tweet-enrich" });
      await lane.waitFor();
      expect(await lane.locator(".pipeline-kind").allTextContents()).toEqual(
        ["source", "topic", "connector", "function", "(index|embedded store)"].map((kind) =>
          expect.stringMatching(`^${kind}`),
        ),
      );
      await send([
        ...Array.from({ length: 40 }, (_, index) => tweet(`A kind post, ${index}`)),
        { value: "7" },
      ]);
      await lane.getByText("kafka-connector-tweet-enrich").waitFor();
      await lane.getByText("lag 0").waitFor();
      await lane.getByText(/^\d+ calls?\/min$/).waitFor();
      await lane.getByText(/^\d+ messages$/).waitFor();
      const letters = lane.getByRole("link", { name: /^\d+ dead letters?$/ });
      await letters.waitFor();
      expect(await letters.getAttribute("href")).toBe("/ui/topics/twitter/dead-letters");
      await lane.getByText(/^\d+ in 24 h$/).waitFor();
      await connector[Symbol.asyncDispose]();
      await send([1, 2, 3].map((number) => tweet(`It waits, ${number}`)));
      await lane.getByText("lag 3").waitFor();
      await lane.getByText("does not run").waitFor();
      await page.getByText("No connector runs; 3 messages of topic twitter wait.").waitFor();
      expect(complaints).toEqual([]);
    });

    testReadability(stage, {
      name: "overview-real",
      path: "",
      ready: ({ page }) => page.getByText("lag 3").waitFor(),
    });
  });
}
