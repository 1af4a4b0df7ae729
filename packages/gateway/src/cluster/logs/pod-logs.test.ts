import { getMaxListeners } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { type StartedListener, startListener } from "../../../../../test/support/http/listener.ts";
import { waitFor } from "../../../../../test/support/wait-for.ts";
import { type LogQuery, readLogQuery } from "../../http/log-query.ts";
import { PodLogs } from "./pod-logs.ts";

/** A fake API server with the lines of each pod and the open `follow` responses. */
let logs: Record<string, string[]>;
let followers: Map<string, ServerResponse>;
let status: number;
let queries: URLSearchParams[];
/** The pod whose node is down. */
let unreadable: string;
let api: StartedListener;
let client: KubernetesClient;
const account = mkdtempSync(join(tmpdir(), "account-"));
for (const file of ["token", "ca.crt"]) writeFileSync(join(account, file), "");

beforeAll(async () => {
  api = await startListener((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, "http://api");
    const [, pod] = /\/pods\/(.*)\/log$/.exec(pathname) ?? [];
    queries.push(searchParams);
    const tail = Number(searchParams.get("tailLines") ?? 99);
    if (status !== 200) response.writeHead(status).end(JSON.stringify({ message: "it is forbidden" }));
    else if (pod === unreadable) response.writeHead(502).end(JSON.stringify({ message: "no route to host" }));
    else if (pod === undefined) response.end(JSON.stringify({ items: Object.keys(logs).map(createPod) }));
    else {
      response.write(
        logs[pod]!.slice(-tail)
          .map((line) => `${line}\n`)
          .join(""),
      );
      if (searchParams.get("follow") === "true") followers.set(pod, response);
      else response.end();
    }
  });
  client = new KubernetesClient({ url: api.url, account });
});
afterAll(async () => {
  client[Symbol.dispose]();
  await api[Symbol.asyncDispose]();
  rmSync(account, { recursive: true });
});
beforeEach(() => {
  [followers, queries, status, unreadable] = [new Map(), [], 200, ""];
  logs = {
    "f-1": [
      "2026-11-29T01:00:00.000000001Z one",
      "2026-11-29T01:00:02.5Z three",
      "2026-11-29T01:00:02.6Z \u001b[32mfour",
    ],
    "f-2": ["2026-11-29T01:00:01.123456789Z two", "2026-11-29T02:00:05Z five"],
  };
});

const createPod = (name: string) => ({ metadata: { name }, spec: { containers: [{ name: "f" }] } });
const all = readLogQuery("/?name=f");
const open = (query: Partial<LogQuery>, signal = AbortSignal.timeout(10_000)) =>
  new PodLogs({ client, host: "api", name: "f", namespace: "n" }).read({ ...all, ...query }, signal);
const readTexts = async (query: Partial<LogQuery>) => {
  const texts: string[] = [];
  for await (const { text } of await open(query)) texts.push(text);
  return texts;
};

it("merges the lines of all pods by time, without colours", async () => {
  expect(await readTexts({})).toEqual(["one", "two", "three", "four", "five"]);
});

it("yields a notice instead of the lines of a pod whose node is down", async () => {
  unreadable = "f-1";
  const notice = "The log of this pod cannot be read: no route to host";
  expect(await readTexts({})).toEqual(["two", "five", notice]);
});

it("selects by number, time and pod", async () => {
  expect(await readTexts({ tail: 3 })).toEqual(["three", "four", "five"]);
  expect(await readTexts({ since: Date.UTC(2026, 10, 29, 1, 0, 1, 200) })).toEqual(["three", "four", "five"]);
  expect(queries.at(-1)!.get("sinceTime")).toBe("2026-11-29T01:00:01.200Z");
  expect(await readTexts({ instance: "f-2" })).toEqual(["two", "five"]);
});

it("follows without gaps or repetitions, including pods and containers that start later", async () => {
  const controller = new AbortController();
  const texts: string[] = [];
  const reading = (async () => {
    for await (const { instance, text } of await open({ follow: true, tail: 1 }, controller.signal)) {
      texts.push(`${instance} ${text}`);
    }
  })();
  await waitFor("both pods", () => followers.size === 2);
  followers.get("f-1")!.write("2026-11-29T02:00:05Z a\n2026-11-29T02:00:06Z b\n");
  logs["f-3"] = ["2026-11-29T02:00:07Z c"];
  await waitFor("the new pod", () => texts.includes("f-3 c"), 10_000);
  logs["f-3"].push("2026-11-29T02:00:08Z d");
  followers.get("f-3")!.end();
  await waitFor("the container that was started again", () => texts.includes("f-3 d"), 10_000);
  controller.abort();
  await reading;
  expect(texts).toEqual(["f-2 five", "f-1 a", "f-1 b", "f-3 c", "f-3 d"]);
}, 30_000);

it("follows many pods without a MaxListenersExceededWarning", async () => {
  const stream = jest.spyOn(client, "stream");
  const controller = new AbortController();
  const lines = await open({ follow: true }, controller.signal);
  const reading = (async () => {
    for await (const _ of lines) if (followers.size === 2) controller.abort();
  })();
  await waitFor("both pods", () => followers.size === 2);
  controller.abort();
  await reading;
  const signals = stream.mock.calls.map(([, , signal]) => signal);
  expect(signals).toHaveLength(4);
  for (const signal of signals) expect(getMaxListeners(signal)).toBe(Number.POSITIVE_INFINITY);
});

it("yields no lines of a container that has not started", async () => {
  logs = { "f-1": [] };
  const lines = await open({});
  status = 400;
  const texts: string[] = [];
  for await (const { text } of lines) texts.push(text);
  expect(texts).toEqual([]);
});

it("reports missing rights in Kubernetes", async () => {
  status = 403;
  await expect(open({})).rejects.toThrow(
    "Kubernetes does not let the gateway list the pods of f: it is forbidden",
  );
});
