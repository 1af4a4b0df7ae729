import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecretFiles } from "./secret-files.ts";
import { StackNamespaces } from "./stack-namespaces.ts";

const parent = mkdtempSync(join(tmpdir(), "secrets-"));
const folder = join(parent, "below", "secrets");
afterAll(() => rmSync(parent, { recursive: true }));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const namespace = "openfaas-fn";
const secrets = new SecretFiles(folder, new StackNamespaces(namespace, []));
const secret = (name: string, value: string | Buffer) => ({ name, namespace, value: Buffer.from(value) });
const readContent = (name: string) => readFileSync(join(folder, name));
const readMode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("SecretFiles", () => {
  it("lists no secrets before the first is created", async () => {
    expect(await secrets.list(namespace)).toEqual([]);
  });

  it("stores values byte for byte, in files and a folder that only the owner can access", async () => {
    const value = Buffer.from([0, 255, 10, 13, 10]);
    await secrets.create(secret("api-key", value));
    expect(readContent("api-key")).toEqual(value);
    expect([readMode(folder), readMode(join(folder, "api-key"))]).toEqual(["700", "600"]);
    await secrets.update(secret("api-key", "other\n"));
    expect(readContent("api-key").toString()).toBe("other\n");
    expect(readMode(join(folder, "api-key"))).toBe("600");
    expect(readdirSync(folder)).toEqual(["api-key"]);
  });

  it("creates a secret once, even for concurrent requests", async () => {
    const created = await Promise.allSettled(["a", "b"].map((value) => secrets.create(secret("key", value))));
    expect(created.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(secrets.create(secret("key", "c"))).rejects.toMatchObject({
      status: 409,
      code: "secret_exists",
    });
    expect(readdirSync(folder)).toEqual(["key"]);
  });

  it("lists only files with plain names, sorted", async () => {
    await secrets.create(secret("b", "1"));
    await secrets.create(secret("a", "1"));
    writeFileSync(join(folder, ".hidden"), "");
    mkdirSync(join(folder, "folder"));
    expect(await secrets.list(namespace)).toEqual(["a", "b"]);
  });

  it("removes a secret, and no longer lists it", async () => {
    await secrets.create(secret("key", "1"));
    await secrets.remove({ name: "key", namespace });
    expect(await secrets.list(namespace)).toEqual([]);
    const missing = { status: 404, code: "secret_not_found" };
    await expect(secrets.remove({ name: "key", namespace })).rejects.toMatchObject(missing);
    await expect(secrets.update(secret("key", "2"))).rejects.toMatchObject(missing);
  });

  it.each(["../outside", "a/b", ".hidden", "..", "", "a\0b", "-rf"])("refuses the name %j", async (name) => {
    writeFileSync(join(parent, "below", "outside"), "kept");
    await expect(secrets.create(secret(name, "1"))).rejects.toMatchObject({ status: 400 });
    await expect(secrets.update(secret(name, "1"))).rejects.toMatchObject({ status: 404 });
    await expect(secrets.remove({ name, namespace })).rejects.toMatchObject({ status: 404 });
    expect(readFileSync(join(parent, "below", "outside"), "utf8")).toBe("kept");
  });

  it("refuses namespaces that are not in the stack file", async () => {
    const unknown = { status: 404, code: "namespace_not_found" };
    await expect(secrets.list("elsewhere")).rejects.toMatchObject(unknown);
    await expect(secrets.create({ ...secret("a", "1"), namespace: "elsewhere" })).rejects.toMatchObject(
      unknown,
    );
  });
});
