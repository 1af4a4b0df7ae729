import { once } from "node:events";
import type { RequestListener } from "node:http";
import { connect } from "node:net";
import { startHttpServer } from "./http-server.ts";

const start = (app: RequestListener) => startHttpServer({ app, host: "127.0.0.1", port: 0 });

it("finishes a response in progress", async () => {
  let finish: (() => void) | undefined;
  const server = await start((_request, response) => {
    response.write("begin");
    finish = () => response.end(" end");
  });
  const answer = await fetch(server.url);
  const stopped = server[Symbol.asyncDispose]();
  finish?.();
  expect(await answer.text()).toBe("begin end");
  await stopped;
});

it("does not wait for a connection without a request", async () => {
  const server = await start((_request, response) => void response.end());
  const accepted = once(server.server, "connection");
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await accepted;
  const begin = Date.now();
  await server[Symbol.asyncDispose]();
  expect(Date.now() - begin).toBeLessThan(2_000);
  await once(socket, "close");
});
