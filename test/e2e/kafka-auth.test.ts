// needs: java
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { mountSecret } from "@platform/shared/testing/mounted-secret";
import { type Admin, Kafka, logLevel, Partitioners } from "kafkajs";
import { startTweetEnrich } from "../support/functions/tweet-enrich.ts";
import { type Certificates, makeCertificates } from "../support/http/certificates.ts";
import { hasMaven } from "../support/java/maven.ts";
import { createTopic } from "../support/kafka/create-topic.ts";
import { type StartedKafka, startKafka } from "../support/kafka/kafka.ts";
import { functionPid, startConnector, startEnrichGateway } from "../support/kafka/stream.ts";
import { readTopic } from "../support/kafka/topic-messages.ts";
import { makeSecretsFolder } from "../support/kubernetes/secrets-folder.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(2 * minute);

const tweet = (id: string) => ({ id, text: "People are kind", created_at: "2018-10-10T20:19:24Z" });
const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code }),
});

requireService("Kafka with SASL and TLS (Maven and Java)", hasMaven(), () => {
  let kafka: StartedKafka;
  let certificates: Certificates;
  let folder: string;
  const topic = "twitter-enriched";
  beforeAll(async () => {
    certificates = await makeCertificates();
    folder = await mkdtemp(join(tmpdir(), "kafka-keystore-"));
    const keystore = join(folder, "keystore.pem");
    const truststore = join(folder, "truststore.pem"); // Kafka connects to itself when it starts
    await writeFile(keystore, `${certificates.key}${certificates.certificate}`);
    await writeFile(truststore, certificates.ca);
    const scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_ada="plain:horse";';
    kafka = await startKafka({
      protocol: "SASL_SSL",
      format: [
        "SCRAM-SHA-512=[name=ada,password=SCRAM-SHA-512:horse]",
        "SCRAM-SHA-256=[name=ada,password=SCRAM-SHA-256:horse]",
        "SCRAM-SHA-256=[name=grace,password=old-horse]",
        "SCRAM-SHA-256=[name=heddy,password=other-horse]",
      ].flatMap((user) => ["--add-scram", user]),
      settings: {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": keystore,
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": truststore,
        "sasl.enabled.mechanisms": "SCRAM-SHA-512,SCRAM-SHA-256,PLAIN",
        "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
        "listener.name.clients.scram-sha-512.sasl.jaas.config": scram,
        "listener.name.clients.scram-sha-256.sasl.jaas.config": scram,
        "listener.name.clients.plain.sasl.jaas.config": plain,
        // kafkajs logs in again ten seconds before a session ends.
        "listener.name.clients.scram-sha-256.connections.max.reauth.ms": "12000",
      },
    });
    await asAdmin((admin) => createTopic(admin, topic));
  }, 3 * minute);
  afterAll(async () => {
    await kafka?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }, minute);

  const adminCredentials = { username: "ada", password: "plain:horse" };
  const newClient = () =>
    new Kafka({
      brokers: [kafka.brokers],
      ssl: { ca: certificates.ca },
      sasl: { mechanism: "plain", ...adminCredentials },
      logLevel: logLevel.NOTHING,
    });
  const asAdmin = async <T>(work: (admin: Admin) => Promise<T>): Promise<T> => {
    const client = newClient().admin();
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.disconnect();
    }
  };
  const written = async () => Number((await asAdmin((admin) => admin.fetchTopicOffsets(topic)))[0]!.high);
  const settings = (secrets: string, mechanism?: string) => ({
    SECRETS_DIR: secrets,
    KAFKA_BROKERS: kafka.brokers,
    KAFKA_TLS: "true",
    KAFKA_CA_SECRET_NAME: "ca",
    KAFKA_SASL_SECRET_NAME: "kafka",
    ...(mechanism === undefined ? {} : { KAFKA_SASL_MECHANISM: mechanism }),
  });

  it.each([
    ["scram-sha-512, the default", undefined, "ada:SCRAM-SHA-512:horse"],
    ["scram-sha-256", "scram-sha-256", "ada:SCRAM-SHA-256:horse"],
    ["plain", "plain", "ada:plain:horse"],
  ])("writes with %s, and answers 502 while the password is wrong", async (_, mechanism, right) => {
    using secrets = makeSecretsFolder({ kafka: "ada:wrong-horse", ca: certificates.ca });
    await using enrich = await startTweetEnrich(settings(secrets.path, mechanism));
    const before = await written();
    expect(await enrich.send(tweet("k"))).toEqual(problem(502, "peer_bad_answer"));
    expect(await written()).toBe(before);
    secrets.write("kafka", right);
    expect((await enrich.send(tweet("k"))).status).toBe(200);
    expect(await written()).toBe(before + 1);
    expect(enrich.output()).not.toContain("horse");
  });

  it("is unreachable (503) with a certificate of an unknown authority", async () => {
    using secrets = makeSecretsFolder({ kafka: "ada:SCRAM-SHA-512:horse" });
    const { KAFKA_CA_SECRET_NAME: _, ...env } = settings(secrets.path);
    await using enrich = await startTweetEnrich(env);
    const before = await written();
    expect(await enrich.send(tweet("k"))).toEqual(problem(503, "peer_unavailable"));
    expect(await written()).toBe(before);
  });

  describe("the path from a topic through the connector and tweet-enrich", () => {
    const login = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    let adminFile: string;
    beforeAll(async () => {
      adminFile = join(folder, "admin.properties");
      const properties = {
        "security.protocol": "SASL_SSL",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": join(folder, "truststore.pem"),
        "sasl.mechanism": "PLAIN",
        "sasl.jaas.config": `${login} username="${adminCredentials.username}" password="${adminCredentials.password}";`,
      };
      const lines = Object.entries(properties).map(([name, value]) => `${name}=${value}\n`);
      await writeFile(adminFile, lines.join(""));
      await asAdmin((client) => createTopic(client, "twitter", 3));
    });

    const change = (user: string, ...alteration: [string, string]) =>
      kafka.configure([
        ...["--command-config", adminFile, "--alter", "--entity-type", "users", "--entity-name", user],
        ...alteration,
      ]);

    it("loses no message when the password changes, and needs no restart", async () => {
      const toSecrets = (credentials: string) => ({ kafka: `${credentials}\n`, ca: certificates.ca });
      using secrets = mountSecret(toSecrets("grace:old-horse"));
      const env = settings(secrets.path, "scram-sha-256");
      await using gateway = await startEnrichGateway(env);
      await using connector = await startConnector({ ...env, GATEWAY_URL: gateway.url });
      const pid = functionPid(gateway);
      await using sender = await startSender(newClient());
      const enriched = async () => {
        const keys = (await readTopic(newClient(), topic)).map(({ key }) => key);
        return new Set(keys.filter((key) => key?.startsWith("sent-")));
      };
      const allArrive = async () => {
        const goal = sender.sent() + 20; // includes some that are not sent yet
        await waitFor("all tweets", async () => (await enriched()).size >= goal, 30_000);
      };
      const refusals = () => connector.output().match(/SASL [\w ()-]*authentication failed/gi)?.length ?? 0;

      await allArrive();
      expect(refusals()).toBe(0);
      await change("grace", "--add-config", "SCRAM-SHA-256=[password=new-horse]");
      await waitFor("a refused login", () => refusals() > 0, 20_000);
      secrets.swap(toSecrets("grace:new-horse"));
      await allArrive();

      secrets.swap(toSecrets("heddy:other-horse"));
      await change("grace", "--delete-config", "SCRAM-SHA-256");
      await allArrive();

      const sent = await sender.stop();
      await waitFor("the last tweet", async () => (await enriched()).size === sent, 20_000);
      expect(functionPid(gateway)).toBe(pid);
      for (const { output } of [gateway, connector]) expect(output()).not.toContain("horse");
    });
  });
});

/** Sends a tweet every few milliseconds to `twitter`, numbered from 0. */
async function startSender(kafka: Kafka) {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const stopped = new AbortController();
  let sent = 0;
  const sending = (async () => {
    while (!stopped.signal.aborted) {
      const id = `sent-${sent}`;
      await producer.send({ topic: "twitter", messages: [{ key: id, value: JSON.stringify(tweet(id)) }] });
      sent += 1;
      await sleep(50);
    }
  })();
  return {
    sent: () => sent,
    /** Stops, and returns the number of sent tweets. */
    async stop() {
      stopped.abort();
      await sending;
      return sent;
    },
    async [Symbol.asyncDispose]() {
      stopped.abort();
      await sending.catch(() => undefined);
      await producer.disconnect();
    },
  };
}
