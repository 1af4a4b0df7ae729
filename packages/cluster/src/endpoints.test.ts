import { allEndpoints, endpointLines } from "./endpoints.ts";

it("prints URLs, the files with their logins, and an example call", () => {
  const [gateway, ethstats] = allEndpoints(".secrets");
  const lines = endpointLines([
    { endpoint: gateway!, localPort: 8080 },
    { endpoint: ethstats!, localPort: 8082 },
  ]);
  expect(lines).toEqual([
    "  Console   http://127.0.0.1:8080/ui/  (user admin, password in .secrets/gateway/password)",
    "  Ethstats  http://127.0.0.1:8082/",
    "",
    "  curl -d 'People are kind' http://127.0.0.1:8080/function/sentiment",
  ]);
});

it("uses each local port once", () => {
  const ports = allEndpoints(".secrets").map(({ localPort }) => localPort);
  expect(new Set(ports).size).toBe(ports.length);
});
