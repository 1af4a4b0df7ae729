import { toLatency } from "./latency.ts";

it.each([
  ["Geth/v1.13.15/linux-amd64/go1.22", true, 28, 3],
  ["Geth/v1.13.15/linux-amd64/go1.22", true, 20, 0],
  ["besu/v24.12.2/linux-x86_64/openjdk-java-21", true, 58, 4],
  ["Nethermind/v1.25.4/linux-x64/dotnet8.0.1", false, 12, 12],
  ["Nethermind/v1.40.0/linux-x64/dotnet10.0.1", true, 28, 3],
  [null, false, 28, 3],
])("subtracts the delay of the pong for %s (sends pings: %s)", (client, pings, milliseconds, latency) => {
  expect(toLatency({ milliseconds, client, pings })).toBe(latency);
});
