import { parse } from "yaml";
import { gatewaySecrets, hmacSecrets } from "./gateway.ts";

it("gives the cluster the password that the file has, and each time another", () => {
  const [plain, manifest] = gatewaySecrets();
  const { metadata, stringData } = parse(manifest!.text);
  expect(metadata).toMatchObject({ name: "basic-auth", namespace: "data" });
  expect(stringData).toEqual({ "basic-auth-user": "admin", "basic-auth-password": plain!.text.trim() });
  expect(gatewaySecrets()[0]!.text).not.toBe(plain!.text);
});

it("gives functions in the cluster the key that the file has", () => {
  const [plain, manifest] = hmacSecrets();
  const { metadata, stringData } = parse(manifest!.text);
  expect(metadata).toMatchObject({ name: "hmac-key", namespace: "data" });
  expect(stringData).toEqual({ "hmac-key": plain!.text.trim() });
});
