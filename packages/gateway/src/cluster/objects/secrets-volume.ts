const folder = "/var/openfaas/secrets";
const prefix = "function-";

/** Returns the name of a secret's Kubernetes Secret; an admission policy rejects other names. */
export function secretObjectName(secret: string): string {
  return `${prefix}${secret}`;
}

/** Returns the name of the secret in a Kubernetes Secret. */
export function toSecretName(objectName: string): string {
  return objectName.startsWith(prefix) ? objectName.slice(prefix.length) : objectName;
}

/** Mounts the secrets of a function as files. Each Secret has one key, the secret's name. */
export function secretsVolume(secrets: readonly string[]): { mounts: object[]; volumes: object[] } {
  if (secrets.length === 0) return { mounts: [], volumes: [] };
  const sources = secrets.map((secret) => ({ secret: { name: secretObjectName(secret) } }));
  return {
    mounts: [{ name: "secrets", mountPath: folder, readOnly: true }],
    volumes: [{ name: "secrets", projected: { sources } }],
  };
}
