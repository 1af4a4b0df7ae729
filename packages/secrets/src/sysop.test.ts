import { createHash } from "node:crypto";
import { parse } from "yaml";
import { sysopSecrets } from "./sysop.ts";

it("hashes the password as ingress-nginx and Traefik read it", () => {
  const [plain, manifest] = sysopSecrets();
  const { auth } = parse(manifest!.text).stringData;
  const hash = createHash("sha1").update(plain!.text.trim()).digest("base64");
  expect(auth).toBe(`sysop:{SHA}${hash}\n`);
});
