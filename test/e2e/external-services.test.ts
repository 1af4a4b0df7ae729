// needs: nothing
import { startElasticsearch } from "../support/elasticsearch/elasticsearch.ts";
import { externalElasticsearch, externalKafka } from "../support/external-services.ts";
import { startListener } from "../support/http/listener.ts";
import { startKafka } from "../support/kafka/kafka.ts";

const { KAFKA_BROKERS, ELASTICSEARCH_URL } = process.env;
afterEach(() => {
  for (const [name, value] of Object.entries({ KAFKA_BROKERS, ELASTICSEARCH_URL })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

describe("an external service", () => {
  it("is the one of KAFKA_BROKERS or ELASTICSEARCH_URL", async () => {
    await using broker = await startListener(() => undefined);
    process.env.KAFKA_BROKERS = new URL(broker.url).host;
    process.env.ELASTICSEARCH_URL = "http://localhost:9200/";
    expect(externalElasticsearch()).toBe("http://localhost:9200");
    const kafka = await startKafka();
    expect(kafka.brokers).toBe(new URL(broker.url).host);
    await expect(kafka.kill()).rejects.toThrow(
      "Tests neither kill nor configure the Kafka of KAFKA_BROKERS.",
    );
  });

  it.each([
    ["KAFKA_BROKERS", "127.0.0.1:9092,kafka.example.com:9092", externalKafka, "kafka.example.com"],
    ["ELASTICSEARCH_URL", "https://search.example.com", externalElasticsearch, "search.example.com"],
  ])("is refused when %s names another machine", (name, value, read, host) => {
    process.env[name] = value;
    expect(read).toThrow(`${name} names ${host}; tests write to it and delete from it`);
  });

  it("is refused when Elasticsearch has documents of the platform", async () => {
    await using elasticsearch = await startListener((request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(request.url?.startsWith("/_cat/") ? '[{"index":"sentiment-2018-10"}]' : "{}");
    });
    process.env.ELASTICSEARCH_URL = elasticsearch.url;
    await expect(startElasticsearch()).rejects.toThrow("this one has the index sentiment-2018-10");
  });
});
