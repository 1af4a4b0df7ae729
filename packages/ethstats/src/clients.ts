/** Whether a client is Besu: `besu/v24.12.2/linux-x86_64/openjdk-java-21`. */
export function isBesu(client: string | null): boolean {
  return /^besu\//i.test(client ?? "");
}

/** Whether a client is Nethermind: `Nethermind/v1.25.4/linux-x64/dotnet8.0.1`. */
export function isNethermind(client: string | null): boolean {
  return /^nethermind\//i.test(client ?? "");
}
/**
 * Returns the version in a client string: `v1.13.15` of `Geth/signer-0/v1.13.15-stable/linux-amd64/go1.22.1`. Geth's
 * user-defined identity precedes the version, so the last part that looks like a version counts.
 */
export function clientVersion(client: string | null): string | null {
  const versions = client
    ?.split("/")
    .slice(1)
    .flatMap((part) => /^v?\d+(?:\.\d+)+/.exec(part) ?? []);
  return versions?.at(-1) ?? null;
}
