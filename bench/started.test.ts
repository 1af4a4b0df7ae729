import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { trackStarted } from "./started.mjs";

/** A disposable; `ended` contains the names in the order of disposal. */
const disposable = (name: string, ended: string[]) => ({
  async [Symbol.asyncDispose]() {
    ended.push(name);
  },
});

it("stops everything in reverse order, once", async () => {
  const ended: string[] = [];
  const { use, defer, end } = trackStarted(new AbortController().signal);
  await use(disposable("Kafka", ended));
  defer(() => ended.push("client"));
  await Promise.all([end(), end()]);
  expect(ended).toEqual(["client", "Kafka"]);
});

it("stops everything when the signal aborts, including later starts", async () => {
  const controller = new AbortController();
  const ended: string[] = [];
  const { use, end } = trackStarted(controller.signal);
  await use(disposable("Kafka", ended));
  controller.abort("SIGINT");
  await expect(use(disposable("connector", ended))).rejects.toBe("SIGINT");
  await end();
  expect(ended).toEqual(["Kafka", "connector"]);
});

it("kills a measuring program when the signal aborts", async () => {
  const controller = new AbortController();
  const started = trackStarted(controller.signal);
  const client = started.lineProgram("http-client.mjs");
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  const answer = client.ask({ url: `http://127.0.0.1:${port}`, answer: "", connections: 1, requests: 1 });
  await once(silent, "connection");
  controller.abort("SIGINT");
  await expect(answer).rejects.toThrow("http-client.mjs exited");
  await started.end();
  silent.close();
});
