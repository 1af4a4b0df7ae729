import { connect } from "node:net";
import { startHttpServer } from "@platform/shared/service/http-server";
import express from "express";
import { waitFor } from "../../../test/support/wait-for.ts";
import { EventStream } from "./event-stream.ts";
import { createMetrics } from "./metrics.ts";
import { Network } from "./network.ts";
import type { Hello } from "./payloads.ts";

const nodes = 2_000;

it("drops only readers that do not read", async () => {
  const network = new Network({ maxNodes: nodes, forgetAfter: 60_000, now: () => new Date() });
  const metrics = createMetrics(network);
  const events = new EventStream({ network, metrics, maxClients: 2 });
  const app = express().get("/", (request, response) => events.open(request, response));
  const { url, ...http } = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
  const { hostname, port } = new URL(url);

  const idle = connect(Number(port), hostname).pause();
  idle.write("GET / HTTP/1.1\r\nHost: ethstats\r\n\r\n");
  let read = 0;
  const eager = connect(Number(port), hostname).on("data", (chunk) => {
    read += chunk.length;
  });
  eager.write("GET / HTTP/1.1\r\nHost: ethstats\r\n\r\n");

  await waitFor("the eager reader", () => read > 0);
  const droppedReaders = async () => (await metrics.dropped.get()).values[0]?.value;
  // Each round changes all nodes and sends two megabytes to each reader.
  await waitFor("the end of the idle reader", async () => {
    for (let index = 0; index < nodes; index++) network.join(hello(`node-${index}`));
    return (await droppedReaders()) === 1;
  });
  const before = read;
  network.join(hello("node-0"));
  await waitFor("another event", () => read > before);
  expect(await droppedReaders()).toBe(1);

  eager.destroy();
  idle.destroy();
  events[Symbol.dispose]();
  await http[Symbol.asyncDispose]();
});

function hello(name: string): Hello {
  const client = "x".repeat(200);
  const info = { name, node: client, os: client, os_v: client, net: 1, port: 30303, protocol: client };
  return { id: name, secret: "", info };
}
