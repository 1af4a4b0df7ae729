// needs: java
import { Client } from "@elastic/elasticsearch";
import { startApiKeyProxy } from "../support/elasticsearch/api-key-proxy.ts";
import { type StartedElasticsearch, startElasticsearch } from "../support/elasticsearch/elasticsearch.ts";
import { startTweetEnrich } from "../support/functions/tweet-enrich.ts";
import { type Certificates, makeCertificates } from "../support/http/certificates.ts";
import { hasMaven } from "../support/java/maven.ts";
import { makeSecretsFolder } from "../support/kubernetes/secrets-folder.ts";
import { requireService } from "../support/require-service.ts";

const minute = 60_000;
jest.setTimeout(minute);

const tweet = (id: string) => ({ id, text: "People are kind", created_at: "2018-10-10T20:19:24Z" });
const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code }),
});
const refused = problem(502, "peer_bad_answer");

requireService("Maven and Java", hasMaven(), () => {
  let certificates: Certificates;
  beforeAll(async () => {
    certificates = await makeCertificates();
  });

  describe("Elasticsearch with users and TLS", () => {
    let elasticsearch: StartedElasticsearch;
    let client: Client;
    const credentials = "ada:correct:horse";
    beforeAll(async () => {
      const users = {
        ada: { password: "correct:horse", role: "superuser" },
        bob: { password: "battery", role: "logstash_admin" }, // may write, but to other indexes
      };
      elasticsearch = await startElasticsearch({ users, certificates });
      const auth = { username: "ada", password: "correct:horse" };
      client = new Client({ node: elasticsearch.url, auth, tls: { ca: certificates.ca } });
    }, 5 * minute);
    afterAll(async () => {
      await client?.close();
      await elasticsearch?.[Symbol.asyncDispose]();
    }, minute);

    const settings = (folder: string) => ({
      SECRETS_DIR: folder,
      ELASTICSEARCH_URL: elasticsearch.url,
      ELASTICSEARCH_BASIC_SECRET_NAME: "elasticsearch",
      ELASTICSEARCH_CA_SECRET_NAME: "ca",
    });
    const isStored = (id: string) => client.exists({ index: "sentiment-2018-10", id });

    it("stores with user and password", async () => {
      using secrets = makeSecretsFolder({ elasticsearch: credentials, ca: certificates.ca });
      await using enrich = await startTweetEnrich(settings(secrets.path));
      expect((await enrich.send(tweet("basic"))).status).toBe(200);
      expect(await isStored("basic")).toBe(true);
    });

    it.each([
      ["of an unknown user", "ada:wrong-horse", "b1"],
      ["of a user who may not write to the index", "bob:battery", "b2"],
    ])("answers 502 for credentials %s, and stores after the secret is corrected", async (_, wrong, id) => {
      using secrets = makeSecretsFolder({ elasticsearch: wrong, ca: certificates.ca });
      await using enrich = await startTweetEnrich(settings(secrets.path));
      expect(await enrich.send([tweet(id)])).toEqual(refused);
      expect(enrich.output()).not.toContain(wrong.split(":")[1]);
      secrets.write("elasticsearch", credentials);
      expect((await enrich.send([tweet(id)])).status).toBe(200);
      expect(await isStored(id)).toBe(true);
    });

    it("is unreachable (503) with a certificate of an unknown authority", async () => {
      using secrets = makeSecretsFolder({ elasticsearch: credentials });
      const { ELASTICSEARCH_CA_SECRET_NAME: _, ...env } = settings(secrets.path);
      await using enrich = await startTweetEnrich(env);
      expect(await enrich.send(tweet("c"))).toEqual(problem(503, "peer_unavailable"));
      expect(await isStored("c")).toBe(false);
    });

    it("is not called while its secret is missing (500), and stores after the secret is added", async () => {
      using secrets = makeSecretsFolder({ ca: certificates.ca });
      await using enrich = await startTweetEnrich(settings(secrets.path));
      expect(await enrich.send(tweet("m"))).toEqual(problem(500, "secret_missing"));
      secrets.write("elasticsearch", credentials);
      expect((await enrich.send(tweet("m"))).status).toBe(200);
    });

    it("stores with an API key that a proxy of the test checks, because this build has none", async () => {
      const apiKey = "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw==";
      await using proxy = await startApiKeyProxy({
        apiKey,
        certificates,
        target: elasticsearch.url,
        credentials,
      });
      using secrets = makeSecretsFolder({ key: "wrong", ca: certificates.ca });
      await using enrich = await startTweetEnrich({
        SECRETS_DIR: secrets.path,
        ELASTICSEARCH_URL: proxy.url,
        ELASTICSEARCH_API_KEY_SECRET_NAME: "key",
        ELASTICSEARCH_CA_SECRET_NAME: "ca",
      });
      expect(await enrich.send(tweet("key"))).toEqual(refused);
      secrets.write("key", apiKey);
      expect((await enrich.send(tweet("key"))).status).toBe(200);
      expect(await isStored("key")).toBe(true);
    });
  });
});
