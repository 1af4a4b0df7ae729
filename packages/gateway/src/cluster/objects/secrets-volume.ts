const folder = "/var/openfaas/secrets";
const prefix = "function-";

/** The name of a secret's Kubernetes Secret; an admission policy refuses other names. */
export function secretObjectName(secret: string): string {
  return `${prefix}${secret}`;
}

/** The function's secret that a Kubernetes Secret has. */
export function secretOfObject(objectName: string): string {
  return objectName.startsWith(prefix) ? objectName.slice(prefix.length) : objectName;
}

/** The secrets of a function as files: each Secret has one key, the secret's name. */
export function secretsVolume(secrets: readonly string[]): { mounts: object[]; volumes: object[] } {
  if (secrets.length === 0) return { mounts: [], volumes: [] };
  const sources = secrets.map((secret) => ({ secret: { name: secretObjectName(secret) } }));
  return {
    mounts: [{ name: "secrets", mountPath: folder, readOnly: true }],
    volumes: [{ name: "secrets", projected: { sources } }],
  };
}
