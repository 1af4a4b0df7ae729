import { clientVersion } from "./clients.ts";

it.each([
  ["Geth/signer-0/v1.13.15-stable-c5ba367e/linux-amd64/go1.22.1", "v1.13.15"],
  ["Geth/v1.8.27-stable/linux-amd64/go1.10.4", "v1.8.27"],
  ["Geth/node-1.2/2.0/v1.17.10-unstable/linux-amd64/go1.24", "v1.17.10"],
  ["besu/v24.12.2/linux-x86_64/openjdk-java-21", "v24.12.2"],
  ["Nethermind/v1.25.4+20b10b35/linux-x64/dotnet8.0.1", "v1.25.4"],
  ["reth/v1.5.0-61e38f9/x86_64-unknown-linux-gnu", "v1.5.0"],
  ["erigon/2.60.8/linux-amd64/go1.21.13", "2.60.8"],
  ["Erigon", null],
  ["v1.2.3", null],
  [null, null],
])("reads the version of %s: %s", (client, version) => {
  expect(clientVersion(client)).toBe(version);
});
