import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { succeed } from "../process/command.ts";

/** A certificate, its key, and the authority that signed it, all in PEM. */
export interface Certificates {
  ca: string;
  certificate: string;
  key: string;
}

/**
 * Generates a certificate by openssl.
 * @param names the subject names; default: this machine
 */
export async function makeCertificates(
  names: readonly string[] = ["IP:127.0.0.1", "DNS:localhost"],
): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), "certificates-"));
  const openssl = (...args: string[]) => succeed("openssl", args, { cwd: folder });
  const read = (name: string) => readFile(join(folder, name), "utf8");
  const newKey = ["-newkey", "rsa:2048", "-nodes"];
  try {
    const authority = ["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=authority", "-days", "2"];
    await openssl("req", "-x509", ...newKey, ...authority);
    await openssl("req", ...newKey, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=server");
    await writeFile(join(folder, "names"), `subjectAltName=${names.join()}\n`);
    const signed = ["-in", "request.pem", "-out", "certificate.pem", "-extfile", "names", "-days", "2"];
    await openssl("x509", "-req", ...signed, "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial");
    const [ca, certificate, key] = await Promise.all(["ca.pem", "certificate.pem", "key.pem"].map(read));
    return { ca: ca!, certificate: certificate!, key: key! };
  } finally {
    await rm(folder, { recursive: true });
  }
}
