import { createLogger } from "@platform/shared/log/logger";
import { waitFor } from "../../../test/support/wait-for.ts";
import { createDirectory, type DirectoryOptions } from "./directory.ts";
import { type StartedFakeBootnode, startFakeBootnode } from "./testing/fake-bootnode.ts";
import { newEnode, newEnodeId } from "./testing/new-enode.ts";

const started: StartedFakeBootnode[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((bootnode) => bootnode[Symbol.asyncDispose]()));
});

async function startBootnode(...options: Parameters<typeof startFakeBootnode>): Promise<StartedFakeBootnode> {
  const bootnode = await startFakeBootnode(...options);
  started.push(bootnode);
  return bootnode;
}

/** A directory of fake boot nodes, each a separate host whose name is an IP address. */
function createTestDirectory(
  bootnodes: readonly StartedFakeBootnode[],
  options: Partial<DirectoryOptions> = {},
) {
  const failed = { lookup: 0, bootnode: 0 };
  const directory = createDirectory({
    hosts: bootnodes.map(({ host, port }) => ({ name: host, port })),
    resolve: async (name) => [name],
    timeout: 500,
    retentionMs: 60_000,
    log: createLogger("test", "silent"),
    failed: (what) => {
      failed[what] += 1;
    },
    ...options,
  });
  return { ...directory, failed, urls: () => directory.known().map(({ url }) => url) };
}

/** A lookup failure like that of a headless service without a ready pod. */
const notFound = (name: string) =>
  Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" }));

describe("a directory", () => {
  it("is empty before the first refresh", async () => {
    const directory = createTestDirectory([await startBootnode(newEnode())]);
    expect(directory.known()).toEqual([]);
  });

  it("lists the boot nodes that answer, sorted, with the time of the answer", async () => {
    const enodes = [newEnode(), newEnode("10.0.0.2:30301"), newEnode("10.0.0.3:30301")];
    const directory = createTestDirectory(await Promise.all(enodes.map((enode) => startBootnode(enode))));
    const before = Date.now();
    await directory.refresh();
    expect(directory.urls()).toEqual([...enodes].sort());
    for (const { answered } of directory.known()) {
      expect(answered.getTime()).toBeGreaterThanOrEqual(before);
      expect(answered.getTime()).toBeLessThanOrEqual(Date.now());
    }
    expect(directory.failed).toEqual({ lookup: 0, bootnode: 0 });
  });

  it("asks every address of a name, and lists those that answer", async () => {
    const enode = newEnode();
    const bootnode = await startBootnode(enode);
    const hosts = [{ name: "eth-bootnode", port: bootnode.port }];
    const resolve = async () => [bootnode.host, "127.0.0.9"];
    const directory = createTestDirectory([], { hosts, resolve });
    await directory.refresh();
    expect(directory.urls()).toEqual([enode]);
    expect(directory.failed).toEqual({ lookup: 0, bootnode: 1 });
  });

  it("lists the boot nodes that answer although others hang or send invalid answers", async () => {
    const enode = newEnode();
    const hanging = await startBootnode(() => undefined);
    const directory = createTestDirectory(
      [hanging, await startBootnode("<html>"), await startBootnode(enode)],
      {
        timeout: 100,
      },
    );
    await directory.refresh();
    expect(directory.urls()).toEqual([enode]);
    expect(directory.failed).toEqual({ lookup: 0, bootnode: 2 });
  });

  it("keeps the last answer of a boot node that is down", async () => {
    const enode = newEnode();
    const bootnode = await startBootnode(enode);
    const directory = createTestDirectory([bootnode]);
    await directory.refresh();
    const answered = directory.known()[0]?.answered;
    bootnode.answer = (_, response) => response.writeHead(503).end();
    await directory.refresh();
    expect(directory.known()).toMatchObject([{ url: enode, answered }]);
    await bootnode[Symbol.asyncDispose]();
    await directory.refresh();
    expect(directory.urls()).toEqual([enode]);
    expect(directory.failed.bootnode).toBe(2);
  });

  it("forgets only boot nodes that have not answered for `retentionMs`", async () => {
    const stays = newEnode("10.0.0.2:30301");
    const bootnode = await startBootnode(newEnode());
    const directory = createTestDirectory([bootnode, await startBootnode(stays)], { retentionMs: 0 });
    await directory.refresh();
    expect(directory.urls()).toHaveLength(2);
    bootnode.answer = "";
    await waitFor("one boot node", async () => {
      await directory.refresh();
      return directory.urls().length === 1;
    });
    expect(directory.urls()).toEqual([stays]);
  });

  it("replaces the address of a boot node that comes back at another", async () => {
    const id = newEnodeId();
    const [old, other] = [await startBootnode(`enode://${id}@10.0.0.1:30301`), await startBootnode("")];
    const directory = createTestDirectory([old, other]);
    await directory.refresh();
    await old[Symbol.asyncDispose]();
    other.answer = `enode://${id}@10.0.0.9:30301`;
    await directory.refresh();
    expect(directory.urls()).toEqual([`enode://${id}@10.0.0.9:30301`]);
  });

  it("replaces a boot node that has a new key at its old address", async () => {
    const bootnode = await startBootnode(newEnode());
    const directory = createTestDirectory([bootnode]);
    await directory.refresh();
    const enode = newEnode();
    bootnode.answer = enode;
    await directory.refresh();
    expect(directory.urls()).toEqual([enode]);
  });

  it("asks the last known addresses of a name that no longer resolves", async () => {
    const id = newEnodeId();
    const bootnode = await startBootnode(`enode://${id}@10.0.0.1:30301`);
    let resolve: (name: string) => Promise<string[]> = async (name) => [name];
    const directory = createTestDirectory([bootnode], { resolve: (name) => resolve(name) });
    await directory.refresh();
    resolve = notFound;
    bootnode.answer = `enode://${id}@10.0.0.2:30301`;
    await directory.refresh();
    expect(directory.urls()).toEqual([`enode://${id}@10.0.0.2:30301`]);
    expect(directory.failed).toEqual({ lookup: 1, bootnode: 0 });
  });

  it("keeps a boot node whose address the name no longer has", async () => {
    const enode = newEnode();
    const bootnode = await startBootnode(enode);
    let addresses = [bootnode.host];
    const directory = createTestDirectory([bootnode], { resolve: async () => addresses });
    await directory.refresh();
    addresses = [];
    await directory.refresh();
    expect(directory.urls()).toEqual([enode]);
    expect(bootnode.requests).toBe(1);
  });

  it("is empty while a name does not resolve, and recovers", async () => {
    const bootnode = await startBootnode(newEnode());
    let resolve: (name: string) => Promise<string[]> = notFound;
    const directory = createTestDirectory([bootnode], { resolve: (name) => resolve(name) });
    await directory.refresh();
    expect(directory.known()).toEqual([]);
    resolve = async (name) => [name];
    await directory.refresh();
    expect(directory.urls()).toHaveLength(1);
  });

  it("shares a running refresh", async () => {
    const bootnode = await startBootnode(newEnode());
    const directory = createTestDirectory([bootnode]);
    await Promise.all(Array.from({ length: 100 }, () => directory.refresh()));
    expect(bootnode.requests).toBe(1);
    await directory.refresh();
    expect(bootnode.requests).toBe(2);
  });

  it("logs a lasting failure once, and again after a recovery", async () => {
    const lines: string[] = [];
    const log = { info: () => undefined, warn: (_: object, message: string) => lines.push(message) };
    const bootnode = await startBootnode("");
    const directory = createTestDirectory([bootnode], { log: log as unknown as DirectoryOptions["log"] });
    await directory.refresh();
    await directory.refresh();
    expect(lines).toEqual(["bootnode_failed"]);
    bootnode.answer = newEnode();
    await directory.refresh();
    bootnode.answer = "";
    await directory.refresh();
    expect(lines).toEqual(["bootnode_failed", "bootnode_failed"]);
  });
});
