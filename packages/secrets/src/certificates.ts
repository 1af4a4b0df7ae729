import { createPrivateKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { md, pki } from "node-forge";

/** Certificates and their keys as PEM. */
export interface Certificates {
  /** The certificate of the authority. Its key is discarded, so it signs nothing else. */
  authority: string;
  certificate: string;
  /** PKCS #8. */
  key: string;
}

/** The subject of a certificate. */
export interface CertificateRequest {
  /** The common name. */
  name: string;
  /** The DNS names and IP addresses of the certificate. */
  hosts: readonly string[];
  now: Date;
}

const validityYears = { authority: 10, certificate: 2 };
const isAddress = (host: string) => /^[\d.]+$/.test(host);

/** Creates a certificate for servers and clients, signed by its own authority: RSA with 2048 bits, SHA-256. */
export function makeCertificates({ name, hosts, now }: CertificateRequest): Certificates {
  const issuer = `${name} authority`;
  const authorityKeys = makeKeys();
  const authority = newCertificate(authorityKeys.publicKey, {
    name: issuer,
    issuer,
    now,
    years: validityYears.authority,
  });
  authority.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  authority.sign(authorityKeys.privateKey, md.sha256.create());

  const keys = makeKeys();
  const certificate = newCertificate(keys.publicKey, { name, issuer, now, years: validityYears.certificate });
  certificate.setExtensions([
    { name: "basicConstraints", cA: false },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", serverAuth: true, clientAuth: true },
    { name: "subjectKeyIdentifier" },
    // Python 3.13 and later refuse a certificate without it.
    {
      name: "authorityKeyIdentifier",
      keyIdentifier: authority.generateSubjectKeyIdentifier().getBytes(),
    },
    {
      name: "subjectAltName",
      altNames: hosts.map((host) => (isAddress(host) ? { type: 7, ip: host } : { type: 2, value: host })),
    },
  ]);
  certificate.sign(authorityKeys.privateKey, md.sha256.create());
  return {
    authority: pki.certificateToPem(authority),
    certificate: pki.certificateToPem(certificate),
    key: createPrivateKey(pki.privateKeyToPem(keys.privateKey))
      .export({ type: "pkcs8", format: "pem" })
      .toString(),
  };
}

/** Uses Node.js, which is a hundred times faster than node-forge. */
function makeKeys(): pki.rsa.KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  return { publicKey: pki.publicKeyFromPem(publicKey), privateKey: pki.privateKeyFromPem(privateKey) };
}

function newCertificate(
  key: pki.rsa.PublicKey,
  { name, issuer, now, years }: { name: string; issuer: string; now: Date; years: number },
): pki.Certificate {
  const certificate = pki.createCertificate();
  certificate.publicKey = key;
  // The first bit is 0, because a serial number must be positive.
  certificate.serialNumber = `00${randomBytes(16).toString("hex")}`;
  certificate.validity.notBefore = new Date(now.getTime() - 60_000); // clocks differ
  certificate.validity.notAfter = new Date(now.getTime() + years * 365 * 86_400_000);
  certificate.setSubject([{ name: "commonName", value: name }]);
  certificate.setIssuer([{ name: "commonName", value: issuer }]);
  return certificate;
}
