import { deadLetterHeaders } from "@platform/shared/kafka/dead-letter-headers";
import { CompressionTypes, type Message } from "kafkajs";
import type { BrowserPage } from "../../support/gateway/browser-page.ts";
import { type ConsoleStage, openConsole, testReadability } from "../../support/gateway/console-stage.ts";
import type { RealConsole } from "../../support/gateway/real-console.ts";
import { httpCall } from "../../support/http/http-call.ts";
import { createTopic } from "../../support/kafka/create-topic.ts";
import { kafkaClient, readTopic } from "../../support/kafka/topic-messages.ts";
import { waitFor } from "../../support/wait-for.ts";

const topic = "console-topics";
const letters = `${topic}.dead-letter`;
const group = "console-topics-readers";
const script = `<script>alert(1)</script><img src=x onerror=alert(2)>`;

/** Declares tests of the view Topics on a gateway without Kafka. */
export function describeTopicsWithoutKafka(stage: () => ConsoleStage): void {
  it("shows how to start a Kafka if none is configured", async () => {
    await using opened = await openConsole(stage(), "topics");
    await opened.page.getByText("docker run -d --name kafka -p 9092:9092 apache/kafka").waitFor();
    await opened.page.getByText("KAFKA_BROKERS=localhost:9092 npm start").waitFor();
    expect(opened.complaints).toEqual([]);
  });
  testReadability(stage, {
    name: "topics-without-kafka",
    path: "topics",
    ready: ({ page }) => page.getByText("No Kafka is configured.").waitFor(),
  });
}

/** Declares tests of the view Topics on a real Kafka. */
export function describeTopics(stage: () => RealConsole): void {
  const api = (path: string) => httpCall(`${stage().gateway.url}/ui/api/topics${path}`);
  const apiJson = async (path: string) => JSON.parse((await api(path)).body);

  beforeAll(() => fillTopics(stage().kafka.brokers));

  it("lists topics with their messages, partitions, size and retention", async () => {
    await using opened = await openConsole(stage(), `topics?q=${topic}`);
    const { page, complaints } = opened;
    const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: topic, exact: true }) });
    await row.getByText("7 days").waitFor();
    // 40 committed, 3 aborted, and the transaction's marker.
    expect(await row.getByRole("cell").allTextContents()).toEqual(
      expect.arrayContaining(["44", "2", "1", expect.stringMatching(/^[\d.]+ k?B$/)]),
    );
    await row.getByRole("link").click();
    await page.getByRole("heading", { name: topic, level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });

  it("shows messages as text, without those of aborted transactions", async () => {
    await using opened = await openConsole(stage(), `topics/${topic}?from=oldest&limit=100`);
    const { page, complaints } = opened;
    const lines = page.getByRole("list", { name: "Messages" }).getByRole("listitem");
    await lines.first().waitFor();
    expect(await lines.count()).toBe(40);
    expect(await page.getByText("aborted").count()).toBe(0);
    await lines.filter({ hasText: "0x00ff" }).locator("summary").click();
    await page.getByText(/00000000 {2}00 ff/).waitFor();
    await lines.filter({ hasText: "onerror" }).locator("summary").click();
    const content = lines.filter({ hasText: "onerror" }).locator(".topics-content");
    expect(await content.locator("pre").first().textContent()).toBe(JSON.stringify({ script }, null, 2));
    expect(await content.locator(".topics-headers").textContent()).toBe("source<b>test</b>");
    await lines.filter({ hasText: "deleted" }).locator("summary").click();
    await page.getByText("None: a tombstone").waitFor();
    expect(await page.locator("main script, main img, main b").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("shows the beginning of a large value, and the whole value on the message's page", async () => {
    const view = await apiJson(`/${topic}/messages?contains=large`);
    expect(view.messages).toMatchObject([{ value: { bytes: 400_000, isCut: true } }]);
    const [{ partition, offset }] = view.messages;
    const whole = await apiJson(`/${topic}/messages/${partition}/${offset}`);
    expect(whole.value).toMatchObject({ bytes: 400_000, isCut: false });
    const download = await api(`/${topic}/messages/${partition}/${offset}/value`);
    expect(download.body).toHaveLength(400_000);
    expect(download.headers["content-disposition"]).toContain("attachment");
  });

  it("begins at the offset, time or text of the address, page by page", async () => {
    const all = (await apiJson(`/${topic}/messages?from=oldest&limit=100`)).messages;
    const toPosition = (message: { partition: number; offset: number }) => [
      message.partition,
      message.offset,
    ];
    const pages: unknown[] = [];
    for (let cursor = ""; ; ) {
      const page = await apiJson(`/${topic}/messages?from=newest&limit=7&cursor=${cursor}`);
      pages.push(...page.messages.map(toPosition));
      if (page.cursor === null) break;
      cursor = page.cursor;
    }
    expect(pages.sort()).toEqual(all.map(toPosition).sort());
    const ofPartition = all.filter(({ partition }: { partition: number }) => partition === 1);
    const third = ofPartition[2];
    const fromOffset = await apiJson(`/${topic}/messages?from=offset&partition=1&offset=${third.offset}`);
    expect(fromOffset.messages.map(toPosition)).toEqual(ofPartition.slice(2).map(toPosition));
    const later = await apiJson(`/${topic}/messages?from=time&time=${Date.now() + 60_000}`);
    expect(later).toEqual({ messages: [], cursor: null, isCutShort: false, read: 0 });
    await using opened = await openConsole(stage(), `topics/${topic}?contains=message+7`);
    const { page } = opened;
    const lines = page.getByRole("list", { name: "Messages" }).getByRole("listitem");
    await lines.filter({ hasText: "message 7" }).waitFor();
    expect(await lines.count()).toBe(1);
    await page.reload();
    await lines.filter({ hasText: "message 7" }).waitFor();
    expect(await page.getByLabel("Key or value contains").inputValue()).toBe("message 7");
  });

  it("refuses unknown input with a message", async () => {
    const details = async (path: string) => {
      const { status, body } = await api(path);
      return [status, JSON.parse(body).detail];
    };
    expect(await details("/nothing")).toEqual([404, 'Kafka has no topic "nothing".']);
    expect(await details(`/${topic}/messages?partition=9`)).toEqual([
      404,
      `Topic ${topic} has no partition 9; its partitions are 0 to 1.`,
    ]);
    expect(await details(`/${topic}/messages?form=oldest`)).toEqual([
      400,
      'Unknown query parameter "form"; allowed: from, partition, offset, time, limit, contains, cursor.',
    ]);
    expect(await details(`/${topic}/messages/0/99999`)).toEqual([404, expect.stringMatching(/offset 99999/)]);
    expect(await details("/~groups/nobody")).toEqual([404, 'Kafka has no consumer group "nobody".']);
  });

  it("shows consumer groups with their lag by partition", async () => {
    await using opened = await openConsole(stage(), `topics/~groups/${group}`);
    const { page, figure, complaints } = opened;
    await page.getByRole("table", { name: "Lag by partition" }).waitFor();
    const { partitionList, groups } = await apiJson(`/${topic}`);
    const lag = partitionList[0].end - 1;
    expect(await figure("Lag")).toBe(String(lag));
    expect(await figure("State")).toBe("empty");
    expect(groups).toMatchObject([{ group, lag, partitions: [{ partition: 0, committed: 1, lag }] }]);
    expect(complaints).toEqual([]);
  });

  it("produces a message after a confirmation, and shows it to pages that follow the topic", async () => {
    await using live = await openConsole(stage(), `topics/${topic}?live=1`);
    await live.page.locator(".topics-live .up").waitFor();
    await using opened = await openConsole(stage(), `topics/${topic}/produce`);
    const { page, complaints } = opened;
    await page.getByLabel("Key (empty: none)").fill("live");
    await page.getByLabel("Value", { exact: true }).fill('{"n": 1}');
    await page.getByLabel("Headers (one per line, name: value)").fill("by: test");
    await page.getByRole("button", { name: "Produce …" }).click();
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.getByRole("button", { name: "Produce …" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Produce" }).click();
    await page.getByRole("link", { name: new RegExp(`${topic}/\\d/\\d+`) }).click();
    await page.getByText('"n": 1').waitFor();
    await page.getByText("by", { exact: true }).waitFor();
    const lines = live.page.getByRole("list", { name: "Messages" }).getByRole("listitem");
    await lines.filter({ hasText: '{"n": 1}' }).waitFor();
    await live.page.getByRole("button", { name: "Pause" }).click();
    await produce(stage().kafka.brokers, [{ value: "while paused" }]);
    await live.page.getByText("1 wait").waitFor();
    expect(await lines.count()).toBe(1);
    await live.page.getByRole("button", { name: "Resume" }).click();
    await lines.filter({ hasText: "while paused" }).waitFor();
    expect([...complaints, ...live.complaints]).toEqual([]);
  });

  it("replays one dead letter and all of a code, and discards others, after a confirmation", async () => {
    const { brokers } = stage().kafka;
    await using opened = await openConsole(stage(), `topics/${topic}/dead-letters`);
    const { page, complaints } = opened;
    const lines = page.getByRole("list", { name: "Dead letters" }).getByRole("listitem");
    await lines.nth(9).waitFor();
    const confirm = async (action: string, count: string) => {
      await page.getByRole("dialog").getByText(count).waitFor();
      await page.getByRole("dialog").getByRole("button", { name: action }).click();
    };
    await page.getByRole("combobox", { name: "Code" }).selectOption("too_long");
    await waitFor("the filtered letters", async () => (await lines.count()) === 4);
    await lines.last().locator("summary").click();
    await lines.last().getByText("Status 422. It is too long.").waitFor();
    await lines.last().getByRole("button", { name: "Replay …" }).click();
    await confirm("Replay", "1 letter: each message");
    await page.getByText("1 letter replayed.").waitFor();
    await page.getByRole("button", { name: "Replay all of these …" }).click();
    await confirm("Replay", "2 letters: each message");
    // One letter was replayed too often.
    await page.getByText("2 letters replayed; 1 letter stayed: replayed too often.").waitFor();
    await page.getByRole("combobox", { name: "Code" }).selectOption("invalid_json");
    await page.getByRole("button", { name: "Discard all of these …" }).click();
    await confirm("Discard", "6 letters will count as discarded");
    await page.getByText("6 letters discarded.").waitFor();
    const replayed = (await readTopic(brokers, topic)).filter(({ key }) => key === "letter");
    expect(replayed).toHaveLength(3);
    expect(replayed[0]!.headers).toEqual({ own: "kept", "dead-letter-replays": "1" });
    const { counts } = await apiJson(`/${letters}/dead-letters`);
    expect(counts).toEqual(
      expect.arrayContaining([
        { code: "invalid_json", function: "f", state: "discarded", count: 6 },
        { code: "too_long", function: "f", state: "replayed", count: 3 },
        { code: "too_long", function: "f", state: "exhausted", count: 1 },
      ]),
    );
    expect(complaints).toEqual([]);
  });

  for (const [name, path, text] of views) {
    testReadability(stage, { name, path, ready: (opened) => ready(opened, text) });
  }
}

const views = [
  ["topics", "topics", topic],
  ["topics-messages", `topics/${topic}`, "message 7"],
  ["topics-dead-letters", `topics/${topic}/dead-letters`, "too_long"],
  ["topics-produce", `topics/${topic}/produce`, "Produce …"],
] as const;

async function ready({ page }: BrowserPage, text: string): Promise<void> {
  await page.locator("main").getByText(text).first().waitFor({ state: "attached" });
}

/** Messages of all kinds, an aborted transaction, a group that has read one message, and ten dead letters. */
async function fillTopics(brokers: string): Promise<void> {
  const kafka = kafkaClient(brokers);
  const admin = kafka.admin();
  await admin.connect();
  await createTopic(admin, topic, 2);
  await createTopic(admin, letters, 1);
  await produce(brokers, [
    ...Array.from({ length: 36 }, (_, index) => ({ key: `k${index}`, value: `message ${index}` })),
    { value: Buffer.from([0, 0xff]), partition: 0 },
    { value: JSON.stringify({ script }), headers: { source: "<b>test</b>" }, partition: 1 },
    { key: "deleted", value: null },
    { value: `large${"x".repeat(399_995)}` },
  ]);
  const producer = kafka.producer({
    transactionalId: "console-topics",
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await producer.connect();
  const transaction = await producer.transaction();
  const aborted = Array.from({ length: 3 }, () => ({ value: "aborted", partition: 0 }));
  await transaction.send({ topic, messages: aborted });
  await transaction.abort();
  await producer.disconnect();
  await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 0, offset: "1" }] });
  await admin.disconnect();
  await produce(
    brokers,
    Array.from({ length: 10 }, (_, index) => letter(index)),
    letters,
  );
}

function letter(index: number): Message {
  const code = index < 4 ? "too_long" : "invalid_json";
  const source = { topic, partition: 0, offset: 100 + index, timestamp: Date.now() };
  const facts = { functionName: "f", status: 422, code, reason: "It is too long.", source };
  const replays = index === 3 ? { "dead-letter-replays": "3" } : {};
  return {
    key: "letter",
    value: `letter ${index}`,
    headers: { own: "kept", ...deadLetterHeaders(facts), ...replays },
  };
}

async function produce(brokers: string, messages: Message[], to = topic): Promise<void> {
  const producer = kafkaClient(brokers).producer();
  await producer.connect();
  await producer.send({ topic: to, messages, compression: CompressionTypes.GZIP });
  await producer.disconnect();
}
