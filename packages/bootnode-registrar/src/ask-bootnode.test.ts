import type { RequestListener } from "node:http";
import { networkInterfaces } from "node:os";
import { askBootnode } from "./ask-bootnode.ts";
import { type StartedFakeBootnode, startFakeBootnode } from "./testing/fake-bootnode.ts";
import { newEnode } from "./testing/new-enode.ts";

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((network) => network?.address === "::1");
const url = newEnode();

let bootnode: StartedFakeBootnode | undefined;
afterEach(() => bootnode?.[Symbol.asyncDispose]());

async function ask(answer: string | RequestListener, { host = "127.0.0.1", timeout = 2_000 } = {}) {
  bootnode = await startFakeBootnode(answer, { host });
  return askBootnode({ address: host, port: bootnode.port, timeout });
}

describe("askBootnode", () => {
  it("returns the enode of a boot node", async () => {
    expect(await ask(url)).toMatchObject({ url });
  });

  it("ignores a line end", async () => {
    expect(await ask(`${url}\n`)).toMatchObject({ url });
  });

  if (hasIpv6) {
    it("asks over IPv6", async () => {
      let asked: string | undefined;
      const answer: RequestListener = (request, response) => {
        asked = request.headers.host;
        response.end(newEnode("[fd00::7]:30301"));
      };
      expect(await ask(answer, { host: "::1" })).toMatchObject({ endpoint: "[fd00::7]:30301" });
      expect(asked).toBe(`[::1]:${bootnode?.port}`);
    });
  }

  it.each<[string, string | RequestListener]>([
    ["HTML", "<html>hello</html>"],
    ["nothing", ""],
    ["more than an enode URL", `${url},${url}`],
    ["no end", (_, response) => void response.write(" ".repeat(100_000))],
    ["404", (_, response) => response.writeHead(404).end(url)],
    ["a redirect", (_, response) => response.writeHead(302, { location: "/" }).end(url)],
  ])("refuses the answer %s without quoting it", async (_, answer) => {
    const message = expect.stringMatching(/^BOOTNODE_SERVICE: bad answer from 127\.0\.0\.1:\d+\.$/);
    await expect(ask(answer)).rejects.toMatchObject({ status: 502, message });
  });

  it.each<[string, RequestListener]>([
    ["never answers", () => undefined],
    ["answers half", (_, response) => void response.write(url.slice(0, 20))],
  ])("times out for a boot node that %s", async (_, answer) => {
    await expect(ask(answer, { timeout: 50 })).rejects.toMatchObject({ status: 504 });
  });

  it.each<[string, RequestListener]>([
    ["is not ready", (_, response) => response.writeHead(503).end()],
    ["breaks the connection", (request) => request.socket.destroy()],
    [
      "breaks the connection amid the answer",
      (_, response) => {
        response.writeHead(200, { "content-length": url.length }).write("enode://");
        setImmediate(() => response.destroy());
      },
    ],
  ])("treats a boot node that %s as unavailable", async (_, answer) => {
    await expect(ask(answer)).rejects.toMatchObject({ status: 503 });
  });
});
