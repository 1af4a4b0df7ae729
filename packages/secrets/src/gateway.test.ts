import { parse } from "yaml";
import { functionSecrets, gatewaySecrets } from "./gateway.ts";

it("puts the same new password into the cluster's Secret and the file", () => {
  const [plain, manifest] = gatewaySecrets();
  const { metadata, stringData } = parse(manifest!.text);
  expect(metadata).toMatchObject({ name: "basic-auth", namespace: "data" });
  expect(stringData).toEqual({ "basic-auth-user": "admin", "basic-auth-password": plain!.text.trim() });
  expect(gatewaySecrets()[0]!.text).not.toBe(plain!.text);
});

it.each(["hmac-key", "function-token"] as const)(
  "puts the same %s into the functions' Secret and the file",
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
