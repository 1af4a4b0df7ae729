/**
 * The version in a client's name: `v1.13.15` of `Geth/signer-0/v1.13.15-stable/linux-amd64/go1.22.1`. The identity that
 * Geth's users choose stands before the version, so the last part that looks like one counts.
 */
export function clientVersion(client: string | null): string | null {
  const versions = client
    ?.split("/")
    .slice(1)
    .flatMap((part) => /^v?\d+(?:\.\d+)+/.exec(part) ?? []);
  return versions?.at(-1) ?? null;
}
