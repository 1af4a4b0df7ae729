import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import express from "express";
import { waitFor } from "../../../../../test/support/wait-for.ts";
import type { TopicsClient, TopicsConnection } from "./topics-client.ts";
import { topicsRoutes } from "./topics-routes.ts";

/** A fake empty topic with one partition. It counts reads of its end. */
function fakeClient(readEnd: () => number): TopicsClient {
  const cluster = {
    refreshMetadata: async () => undefined,
    findTopicPartitionMetadata: () => [{ partitionId: 0, leader: 0, replicas: [0], isr: [0] }],
    fetchTopicsOffset: async () => [
      { topic: "twitter", partitions: [{ partition: 0, offset: String(readEnd()) }] },
    ],
  };
  const connection = { cluster } as unknown as TopicsConnection;
  return { use: (work) => work(connection) } as TopicsClient;
}

let server: StartedHttpServer;
async function start(client: TopicsClient, ending: AbortSignal): Promise<void> {
  const app = express().use(topicsRoutes({ client: () => client, ending }));
  app.use(problemHandler("test", () => undefined));
  server = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
}
afterEach(() => server[Symbol.asyncDispose]());

/** The whole answer of a live tail. */
async function tail(headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${server.url}/twitter/tail`, { headers });
  return await response.text();
}

/** The whole answer of a live tail of a topic that ends at 7, when the server shuts down after the first event. */
async function tailUntilShutdown(headers?: Record<string, string>): Promise<string> {
  const ending = new AbortController();
  let reads = 0;
  const readEnd = () => {
    reads += 1;
    return 7;
  };
  await start(fakeClient(readEnd), ending.signal);
  const text = tail(headers);
  // The first event needs two reads; the third one follows it.
  await waitFor("the first event", () => reads > 2);
  ending.abort();
  return await text;
}

it("ends live tails on shutdown", async () => {
  expect(await tailUntilShutdown()).toContain("id: 0-7\n");
});

it("ends a live tail when Kafka fails", async () => {
  let reads = 0;
  const readEnd = () => {
    reads += 1;
    if (reads > 2) throw new Error("away");
    return 7;
  };
  await start(fakeClient(readEnd), new AbortController().signal);
  expect(await tail()).toContain("id: 0-7\n");
});

it("follows a re-created topic from its end", async () => {
  expect(await tailUntilShutdown({ "last-event-id": "0-900" })).toContain("id: 0-7\n");
});
