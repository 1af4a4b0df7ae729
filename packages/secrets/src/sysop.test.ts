import { createHash } from "node:crypto";
import { parse } from "yaml";
import { sysopSecrets } from "./sysop.ts";

it("hashes the password in a format that ingress-nginx and Traefik read", () => {
  const [plain, manifest] = sysopSecrets();
  const { auth } = parse(manifest!.text).stringData;
  const hash = createHash("sha1").update(plain!.text.trim()).digest("base64");
  expect(auth).toBe(`sysop:{SHA}${hash}\n`);
});
