// needs: java python
import { join } from "node:path";
import type { FakeGateway } from "../support/gateway/fake-gateway.ts";
import { type ConnectorStage, startConnectorStage } from "../support/kafka/connector-stage.ts";
import { hasKafka } from "../support/kafka/kafka.ts";
import { readTopic } from "../support/kafka/topic-messages.ts";
import { runNotebook } from "../support/python/notebook.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { pythonEnvironment } from "../support/python/python-environment.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(2 * minute);
const notebook = join(root, "notebooks", "kafka.ipynb");
const password = "correct=horse";

requireService(`${PYTHON} and Kafka (Maven and Java)`, hasPython() && hasKafka(), () => {
  let python: string;
  let stage: ConnectorStage;
  let gateway: FakeGateway;
  beforeAll(async () => {
    python = await pythonEnvironment("notebooks", join(root, "notebooks", "requirements.txt"));
    const login = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    stage = await startConnectorStage({
      listeners: { LOGIN: "SASL_PLAINTEXT" },
      settings: {
        "sasl.enabled.mechanisms": "PLAIN",
        "listener.name.login.plain.sasl.jaas.config": `${login} user_ada="${password}";`,
      },
    });
  }, 15 * minute);
  beforeEach(async () => {
    gateway = await stage.newGateway();
  });
  afterEach(() => stage?.clear());
  afterAll(() => stage?.[Symbol.asyncDispose](), minute);

  const run = (env: Readonly<Record<string, string>>) => runNotebook({ notebook, python, env });

  const sasl = (more: Readonly<Record<string, string>> = {}) => ({
    KAFKA_BROKERS: stage.kafka.listeners.LOGIN!,
    KAFKA_SASL_MECHANISM: "plain",
    KAFKA_SASL_USERNAME: "ada",
    KAFKA_SASL_PASSWORD: password,
    ...more,
  });

  it.each([
    ["without a login", () => ({ KAFKA_BROKERS: stage.kafka.brokers })],
    ["with a login", sasl],
  ])(
    "shows the latest messages and the lag, and sends a message that the connector delivers, %s",
    async (_title, env) => {
      const [topic, functionName] = [await stage.newTopic(2), stage.newName()];
      let isOpen = false;
      gateway.functions.set(functionName, {
        annotations: { topic },
        answer: ({ offset }) => ({ status: isOpen || offset < 5 ? 200 : 503 }),
      });
      const values = Array.from({ length: 25 }, (_, index) => `value ${index}`);
      await stage.send(topic, values, 1);
      await stage.newConnector(gateway);
      await waitFor("five deliveries", async () => (await stage.committed(functionName, topic))[1] === 5);

      const messages = () => readTopic(stage.kafka.brokers, topic);
      const opened = waitFor(
        "the notebook's message",
        async () => (await messages()).length === 26,
        minute,
      ).then(() => {
        isOpen = true;
      });
      const group = `kafka-connector-${functionName}`;
      const cells = await run({ ...env(), KAFKA_TOPIC: topic, KAFKA_GROUP: group, KAFKA_MESSAGES: "3" });
      await opened;
      const cellText = (cell: string) => cells.find(({ id }) => id === cell)?.text;

      expect(cellText("connect")).toBe(`Topic: ${topic}, with 2 partitions\nMessages: 25\n`);
      expect(cellText("messages")?.match(/value \d+/g)).toEqual(["value 22", "value 23", "value 24"]);
      expect(cellText("lag")).toMatch(`Lag of ${group}: 20\n`);
      expect(cellText("wait")).toMatch(/^Delivered\nLag of /);

      const sent = (await messages()).find(({ key }) => key !== undefined)!;
      expect(cellText("produce")).toBe(
        `Sent: ${sent.key} to partition ${sent.partition}, offset ${sent.offset}\n`,
      );
      expect(JSON.parse(sent.value!)).toEqual({
        id: sent.key,
        text: "Kubernetes is a great platform for data.",
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/),
      });
      expect(gateway.calls.map(({ body }) => body)).toContain(sent.value);
    },
  );

  it("reports what is missing in one line, without its password", async () => {
    const readComplaints = async (env: Readonly<Record<string, string>>) => {
      const complaint = await run(env).catch((error) => error);
      expect(complaint).toMatchObject({ cell: "connect", reason: expect.stringMatching(/^[^\n]+$/) });
      expect(complaint.reason).not.toContain("horse");
      return complaint.reason;
    };
    const complaints = await Promise.all([
      readComplaints({ KAFKA_BROKERS: "127.0.0.1:1" }),
      readComplaints(sasl({ KAFKA_SASL_PASSWORD: "wrong=horse" })),
      readComplaints({ KAFKA_BROKERS: stage.kafka.brokers, KAFKA_TOPIC: "missing" }),
      readComplaints({
        KAFKA_BROKERS: stage.kafka.brokers,
        KAFKA_TLS: "true",
        KAFKA_CA_FILE: "/nowhere/ca.crt",
      }),
    ]);
    expect(complaints).toEqual([
      expect.stringMatching(/^No Kafka answers at 127\.0\.0\.1:1: /),
      expect.stringMatching(/^Kafka at [\d.:]+ refuses the login of ada: /),
      expect.stringMatching(/^Kafka at [\d.:]+ has no topic missing, /),
      "There is no file /nowhere/ca.crt, which KAFKA_CA_FILE names.",
    ]);
  });
});
