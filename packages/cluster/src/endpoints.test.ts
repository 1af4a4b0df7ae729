import { allEndpoints, endpointLines } from "./endpoints.ts";

it("prints URLs with the places of their logins, and a first call", () => {
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

it("has no local port twice", () => {
  const ports = allEndpoints(".secrets").map(({ localPort }) => localPort);
  expect(new Set(ports).size).toBe(ports.length);
});
