import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeKubernetesApi } from "../../../../test/support/gateway/fake-kubernetes-api.ts";
import { waitFor } from "../../../../test/support/wait-for.ts";
import { createLogger } from "../log/logger.ts";
import { followObjects } from "./follow-objects.ts";
import { KubernetesClient } from "./kubernetes-client.ts";

const path = "/api/v1/namespaces/data/things";
const object = (name: string, size: unknown = 1) => ({ metadata: { name }, spec: { size } });

describe("followObjects", () => {
  const account = mkdtempSync(join(tmpdir(), "account-"));
  for (const file of ["token", "ca.crt"]) writeFileSync(join(account, file), "");
  let api: FakeKubernetesApi;
  let client: KubernetesClient;
  let sizes: Record<string, number> | undefined;
  let changes = 0;
  let following: AsyncDisposable;

  beforeEach(async () => {
    api = await FakeKubernetesApi.start();
    client = new KubernetesClient({ url: api.url, account });
    api.set(path, object("a"));
    [sizes, changes] = [undefined, 0];
    following = followObjects({
      client,
      path,
      parse(thing) {
        const { size } = (thing as { spec: { size: unknown } }).spec;
        if (typeof size !== "number") throw new TypeError("no size");
        return size;
      },
      onChange(objects) {
        sizes = Object.fromEntries(objects);
        changes += 1;
      },
      log: createLogger("test", "silent"),
    });
    await become({ a: 1 });
  });
  afterEach(async () => {
    await following[Symbol.asyncDispose]();
    client[Symbol.dispose]();
    await api[Symbol.asyncDispose]();
  });
  afterAll(() => rmSync(account, { recursive: true }));

  const become = (expected: Record<string, number>) =>
    waitFor("the objects", () => JSON.stringify(sizes) === JSON.stringify(expected));

  it("applies additions, changes and deletions", async () => {
    api.set(path, object("b", 2));
    api.set(path, object("a", 3));
    await become({ a: 3, b: 2 });
    api.delete(path, "a");
    await become({ b: 2 });
  });

  it("lists again after its version has expired", async () => {
    api.set(path, object("b", 2));
    api.delete(path, "a");
    api.breakWatches({ forget: true });
    await become({ b: 2 });
    api.set(path, object("c", 3));
    await become({ b: 2, c: 3 });
  });

  it("continues from its version after the end of a watch, without listing again", async () => {
    const before = changes;
    api.endWatches();
    api.set(path, object("b", 2));
    await become({ a: 1, b: 2 });
    expect(changes).toBe(before + 1);
    expect(api.lists).toBe(1);
  });

  it("keeps the objects while the API is unreachable, and applies later changes", async () => {
    api.leave();
    api.delete(path, "a");
    api.set(path, object("b", 2));
    await waitFor("a try that failed", () => api.refusals > 0);
    expect(sizes).toEqual({ a: 1 });
    api.isAway = false;
    await become({ b: 2 });
  });

  it("skips an unreadable object, and adds it when it is readable", async () => {
    api.set(path, object("b", 2));
    await become({ a: 1, b: 2 });
    api.set(path, object("b", "large"));
    await become({ a: 1 });
    api.set(path, object("b", 3));
    await become({ a: 1, b: 3 });
  });

  it("lists again after an error within the watch", async () => {
    await api.sendError(path, { code: 410, reason: "Expired", message: "too old resource version" });
    await waitFor("another list", () => api.lists === 2);
    api.set(path, object("b", 2));
    await become({ a: 1, b: 2 });
  });
});
