import { createHash } from "node:crypto";
import { parse } from "yaml";
import { sysopSecrets } from "./sysop.ts";

it("hashes the password as nginx reads it", () => {
  const [plain, manifest] = sysopSecrets();
  const { auth } = parse(manifest!.text).stringData;
  const [, hash] = /^sysop:\{SSHA\}(\S+)\n$/.exec(auth)!;
  const bytes = Buffer.from(hash!, "base64");
  const again = createHash("sha1").update(plain!.text.trim()).update(bytes.subarray(20)).digest();
  expect(bytes.subarray(0, 20)).toEqual(again);
});
