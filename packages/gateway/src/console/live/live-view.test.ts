import { PeerUnavailableError } from "@platform/shared/errors/peer-errors";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import express from "express";
import { type EventsReader, readEvents } from "../../../../../test/support/gateway/read-events.ts";
import { FunctionCatalog } from "../../http/function-catalog.ts";
import { CallHistory } from "../functions/call-history.ts";
import { LiveView } from "./live-view.ts";
import type { Source } from "./source.ts";
import type { DependencyView } from "./view.ts";

/** A fake source whose failure a test controls. */
class FakeSource implements Source {
  readonly about = { name: "Ethereum", setting: "GETH_RPC_ENDPOINT", kind: "real", place: "here" } as const;
  failure: Error | undefined;
  reads = 0;

  async read() {
    this.reads += 1;
    if (this.failure !== undefined) throw this.failure;
    return { events: {}, note: "well" };
  }

  close = () => Promise.resolve();
}

const source = new FakeSource();
const logged: unknown[] = [];
const live = new LiveView({
  functions: new FunctionCatalog("openfaas-fn"),
  history: new CallHistory(),
  about: { version: "1", provider: "test", isReadOnly: false },
  functionSource: { setting: "STACK", place: "stack.yml" },
  log: (error) => logged.push(error),
});
let http: StartedHttpServer;
beforeAll(async () => {
  const app = express().get("/", (request, response) => live.open(request, response));
  http = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
  live.show([source]);
});
afterAll(async () => {
  live.closeStreams();
  await http[Symbol.asyncDispose]();
});

/** Waits for the next health event with a state of the source. */
async function nextHealth(events: EventsReader, state: DependencyView["state"]): Promise<DependencyView> {
  for (;;) {
    const [, view] = await events.nextEvent<DependencyView[]>("health");
    if (view?.state === state) return view;
  }
}

it("reads nothing while no page is open", () => {
  expect(source.reads).toBe(0);
  expect(live.isWatched).toBe(false);
});

it("reports the failure of a source with its reason, and its recovery", async () => {
  const events = await readEvents(http.url);
  expect(await events.nextEvent("about")).toEqual({ version: "1", provider: "test", isReadOnly: false });
  expect(await nextHealth(events, "up")).toMatchObject({ setting: "GETH_RPC_ENDPOINT", detail: "well" });
  source.failure = new PeerUnavailableError({ setting: "GETH_RPC_ENDPOINT", host: "geth:8545" });
  expect(await nextHealth(events, "down")).toMatchObject({
    detail: "GETH_RPC_ENDPOINT: geth:8545 is out of reach or busy.",
    lastUp: expect.any(Number),
  });
  source.failure = undefined;
  await nextHealth(events, "up");
  expect(logged).toEqual([]);
  events.cancel();
}, 20_000);

it("hides the messages of unexpected errors", async () => {
  const events = await readEvents(http.url);
  source.failure = new Error("http://user:hunter2@geth has no head");
  expect((await nextHealth(events, "down")).detail).toBe("failed; the log says why");
  expect(logged).toContain(source.failure);
  events.cancel();
}, 20_000);

it("ends its event streams", async () => {
  const events = await readEvents(http.url);
  live.closeStreams();
  while ((await events.next()).name !== "end");
});
