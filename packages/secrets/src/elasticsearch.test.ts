import { pbkdf2Sync, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { elasticsearchClients, elasticsearchSecrets } from "./elasticsearch.ts";

const { clients, files } = elasticsearchSecrets(new Date());
const text = (path: string) => files.find((file) => file.path === path)!.text;
const { metadata, stringData } = parse(text("kubernetes-stores/elasticsearch.yaml"));
const hashes = Object.fromEntries(
  (stringData.users as string)
    .trim()
    .split("\n")
    .map((line) => line.split(":") as [string, string]),
);

/** Whether a password matches a hash, by the algorithm of Elasticsearch. */
function isPassword(password: string, hash: string): boolean {
  const [, iterations, salt, key] = /^\{PBKDF2\}(\d+)\$([\w+/=]{44})\$([\w+/=]{44})$/.exec(hash)!;
  return pbkdf2Sync(password, Buffer.from(salt!, "base64"), Number(iterations), 32, "sha512").equals(
    Buffer.from(key!, "base64"),
  );
}

it("hashes the passwords of the clients, the administrator and the probe for the nodes", () => {
  expect(metadata).toMatchObject({ name: "elasticsearch", namespace: "data" });
  const logins = {
    ...Object.fromEntries(
      [
        ...Object.values(clients).map(({ login }) => login),
        stringData["probe-login"],
        text("elasticsearch/admin-login").trim(),
      ].map((login: string) => login.split(":") as [string, string]),
    ),
  };
  expect(Object.keys(hashes).sort()).toEqual([...elasticsearchClients, "admin", "probe"].sort());
  for (const [name, password] of Object.entries(logins))
    expect([name, isPassword(password, hashes[name]!)]).toEqual([name, true]);
  expect(isPassword("guess", hashes.gateway!)).toBe(false);
  expect(new Set(Object.values(logins)).size).toBe(Object.keys(hashes).length);
});

it("has the users whose roles are in deploy/components/store-logins", () => {
  const folder = join(__dirname, "../../../deploy/components/store-logins/elasticsearch");
  const pairs = readFileSync(join(folder, "users_roles"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(":") as [string, string]);
  const roles = Object.keys(parse(readFileSync(join(folder, "roles.yml"), "utf8")));
  expect(pairs.flatMap(([, users]) => users.split(",")).sort()).toEqual(Object.keys(hashes).sort());
  for (const [role] of pairs) expect(["superuser", ...roles]).toContain(role);
});

it.each([
  "elasticsearch.data",
  "elasticsearch",
  "elasticsearch-2.elasticsearch-nodes.data.svc.cluster.local",
  "localhost",
])("certifies %s, and gives each client the certificate of the authority", (host) => {
  const certificate = new X509Certificate(stringData["tls.crt"]);
  const authority = new X509Certificate(stringData["ca.crt"]);
  expect(certificate.checkHost(host)).toBeDefined();
  expect(certificate.checkHost("elasticsearch.example.org")).toBeUndefined();
  expect(certificate.verify(authority.publicKey)).toBe(true);
  for (const { ca } of Object.values(clients)) expect(ca).toBe(stringData["ca.crt"]);
  expect(text("elasticsearch/ca.pem")).toBe(stringData["ca.crt"]);
});
