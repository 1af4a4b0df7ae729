import { configReader } from "./config-reader.ts";
import { hostList } from "./host-list.ts";

const readConfig = configReader({ HOSTS: hostList({ port: 8080 }) });
const read = (HOSTS?: string) => readConfig({ HOSTS }).HOSTS;

it.each([
  ["eth-bootnode.data.svc.cluster.local", [{ name: "eth-bootnode.data.svc.cluster.local", port: 8080 }]],
  ["eth-bootnode.data.svc.cluster.local.", [{ name: "eth-bootnode.data.svc.cluster.local.", port: 8080 }]],
  ["localhost:81", [{ name: "localhost", port: 81 }]],
  ["fd00::7", [{ name: "fd00::7", port: 8080 }]],
  ["[fd00::7]", [{ name: "fd00::7", port: 8080 }]],
  [
    "10.0.0.1, [::1]:81",
    [
      { name: "10.0.0.1", port: 8080 },
      { name: "::1", port: 81 },
    ],
  ],
])("reads %s", (text, hosts) => {
  expect(read(text)).toEqual(hosts);
});

it.each(["http://eth-bootnode", "a,,b", "a b", "a:", "a:0", "a:65536", "[a]", "[10.0.0.1]:80", "fd00::7]"])(
  "refuses %s",
  (text) => {
    expect(() => read(text)).toThrow("HOSTS must be hosts separated by commas, each with or without :port");
  },
);

it("must be set", () => {
  expect(() => read()).toThrow("HOSTS is not set");
});
