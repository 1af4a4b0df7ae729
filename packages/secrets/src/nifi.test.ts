import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import { parse } from "yaml";
import { nifiSecrets } from "./nifi.ts";

const files = nifiSecrets(new Date());
const text = (path: string) => files.find((file) => file.path === path)!.text;
const readManifest = (path: string) => parse(text(path));
const {
  username,
  password,
  "sensitive-properties-key": key,
  ...pem
} = readManifest("kubernetes/nifi.yaml").stringData;

it("shares one login between NiFi, the command and the notebooks", () => {
  expect(password.length).toBeGreaterThanOrEqual(12); // NiFi's minimum
  expect(key.length).toBeGreaterThanOrEqual(12);
  expect(text("nifi/password")).toBe(`${password}\n`);
  expect(text("nifi/ca.pem")).toBe(pem["ca.crt"]);
  expect(readManifest("kubernetes-data-lab/nifi-login.yaml")).toMatchObject({
    metadata: { name: "nifi-login", namespace: "data-lab" },
    stringData: { username, password, "ca.crt": pem["ca.crt"] },
  });
});

it.each(["nifi-0.nifi.data.svc.cluster.local", "nifi-1.nifi.data.svc", "nifi.data", "localhost"])(
  "certifies %s",
  (host) => {
    const certificate = new X509Certificate(pem["tls.crt"]);
    expect(certificate.checkHost(host)).toBeDefined();
    expect(certificate.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(certificate.checkHost("nifi.example.org")).toBeUndefined();
  },
);

it("is signed by the authority, and expires before it", () => {
  const [certificate, authority] = [new X509Certificate(pem["tls.crt"]), new X509Certificate(pem["ca.crt"])];
  expect(certificate.checkIssued(authority)).toBe(true);
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect([authority.ca, certificate.ca]).toEqual([true, false]);
  const year = new Date().getFullYear();
  expect(new Date(certificate.validTo).getFullYear()).toBeGreaterThan(year);
  expect(new Date(authority.validTo).getFullYear()).toBeGreaterThan(year + 8);
});

it("lets two nodes trust each other", async () => {
  const node = { ca: pem["ca.crt"], cert: pem["tls.crt"], key: pem["tls.key"] };
  const server = createServer({ ...node, requestCert: true, rejectUnauthorized: true }).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const [[accepted], client] = await Promise.all([
    once(server, "secureConnection") as Promise<[TLSSocket]>,
    Promise.resolve(
      connect({ ...node, port, host: "127.0.0.1", servername: "nifi-1.nifi.data.svc.cluster.local" }),
    ),
  ]);
  expect(accepted.authorized).toBe(true);
  expect(accepted.getPeerCertificate().subject.CN).toBe("nifi.data.svc.cluster.local");
  client.destroy();
  server.close();
});
