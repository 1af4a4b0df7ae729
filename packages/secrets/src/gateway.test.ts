import { parse } from "yaml";
import { functionSecrets, gatewaySecrets } from "./gateway.ts";

it("gives the cluster the password that the file has, and each time another", () => {
  const [plain, manifest] = gatewaySecrets();
  const { metadata, stringData } = parse(manifest!.text);
  expect(metadata).toMatchObject({ name: "basic-auth", namespace: "data" });
  expect(stringData).toEqual({ "basic-auth-user": "admin", "basic-auth-password": plain!.text.trim() });
  expect(gatewaySecrets()[0]!.text).not.toBe(plain!.text);
});

it.each(["hmac-key", "function-token"] as const)(
  "gives functions in the cluster the %s that the file has",
  (name) => {
    const [plain, manifest] = functionSecrets(name);
    expect(plain!.path).toBe(name);
    const { metadata, stringData } = parse(manifest!.text);
    expect(metadata).toMatchObject({
      name: `function-${name}`,
      namespace: "data",
      labels: { "app.kubernetes.io/managed-by": "gateway" },
    });
    expect(stringData).toEqual({ [name]: plain!.text.trim() });
  },
);
