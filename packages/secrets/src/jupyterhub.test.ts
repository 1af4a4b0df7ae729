import { parseAllDocuments } from "yaml";
import { jupyterhubSecrets } from "./jupyterhub.ts";

it("shares one password between user and hub, and creates separate keys for the hub and its proxy", () => {
  const [password, manifests] = jupyterhubSecrets();
  const [login, hub] = parseAllDocuments(manifests!.text).map((document) => document.toJS());
  expect(login).toMatchObject({
    metadata: { name: "jupyterhub-login", namespace: "data-lab" },
    stringData: { password: password!.text.trim() },
  });
  expect(login.stringData.password.length).toBeGreaterThanOrEqual(8); // JupyterHub's minimum
  const { "proxy-token": token, "cookie-secret": cookies } = hub.stringData;
  for (const key of [token, cookies]) expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(token).not.toBe(cookies);
  expect(hub.metadata).toMatchObject({ name: "jupyterhub", namespace: "data-lab" });
});
