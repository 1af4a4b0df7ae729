import crypto, { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configReader } from "../config/config-reader.ts";
import { functionSettings } from "../config/function-settings.ts";
import { FunctionRequest } from "../function/request.ts";
import { mountSecret } from "../testing/mounted-secret.ts";
import { authenticate } from "./authenticate.ts";

const folder = mkdtempSync(join(tmpdir(), "secrets-"));
writeFileSync(join(folder, "hmac-key"), "correct horse\n");
writeFileSync(join(folder, "token"), "battery staple\r\n");
writeFileSync(join(folder, "empty"), "\n");
writeFileSync(join(folder, "two-keys"), "new horse\n\ncorrect horse\r\n");
afterAll(() => rmSync(folder, { recursive: true }));

const readConfig = configReader({ ...functionSettings });
const body = Buffer.from([0x7b, 0x00, 0xff, 0x7d]);
const sign = (algorithm: string, key = "correct horse") =>
  `${algorithm}=${createHmac(algorithm, key).update(body).digest("hex")}`;

/** The outcome of a call with these headers and settings: "in", or the status and code of its error. */
async function callOutcome(env: Record<string, string>, headers: Record<string, string>): Promise<string> {
  const request = new FunctionRequest({ body, headers, method: "POST", query: {}, path: "/" });
  return authenticate(request, readConfig({ SECRETS_DIR: folder, ...env })).then(
    () => "in",
    (error) => `${error.status} ${error.code}`,
  );
}

describe("authenticate", () => {
  it("accepts every call without a secret", async () => {
    expect(await callOutcome({}, {})).toBe("in");
  });

  it("checks an HMAC over the bytes", async () => {
    const env = { HMAC_SECRET_NAME: "hmac-key" };
    expect(await callOutcome(env, { hmac: sign("sha256") })).toBe("in");
    expect(await callOutcome(env, { hmac: sign("sha256").toUpperCase().replace("SHA256", "sha256") })).toBe(
      "in",
    );
    expect(await callOutcome(env, { hmac: sign("sha256", "wrong horse") })).toBe("401 unauthorized");
    expect(await callOutcome(env, { hmac: sign("sha256").slice(0, -2) })).toBe("401 unauthorized");
    expect(await callOutcome(env, { hmac: "sha256=" })).toBe("401 unauthorized");
    expect(await callOutcome(env, {})).toBe("401 unauthorized");
  });

  it("fails when the template has dropped the bytes of the body", async () => {
    const headers = { "content-type": "application/json", "content-length": "7", hmac: sign("sha256") };
    const parsed = new FunctionRequest({ body: { a: 1 }, headers, method: "POST", query: {}, path: "/" });
    const config = readConfig({ SECRETS_DIR: folder, HMAC_SECRET_NAME: "hmac-key" });
    await expect(authenticate(parsed, config)).rejects.toMatchObject({
      status: 500,
      code: "raw_body_required",
    });
  });

  it("accepts sha1 only with HMAC_ALLOW_SHA1", async () => {
    const env = { HMAC_SECRET_NAME: "hmac-key" };
    expect(await callOutcome(env, { hmac: sign("sha1") })).toBe("401 unauthorized");
    expect(await callOutcome({ ...env, HMAC_ALLOW_SHA1: "true" }, { hmac: sign("sha1") })).toBe("in");
  });

  it("reads the signature from the header in HMAC_HEADER", async () => {
    const env = { HMAC_SECRET_NAME: "hmac-key", HMAC_HEADER: "X-Hub-Signature" };
    expect(await callOutcome(env, { "x-hub-signature": sign("sha256") })).toBe("in");
    expect(await callOutcome(env, { hmac: sign("sha256") })).toBe("401 unauthorized");
  });

  it("checks a bearer token", async () => {
    const env = { BEARER_SECRET_NAME: "token" };
    expect(await callOutcome(env, { authorization: "Bearer battery staple" })).toBe("in");
    expect(await callOutcome(env, { authorization: "Bearer battery" })).toBe("401 unauthorized");
    expect(await callOutcome(env, {})).toBe("401 unauthorized");
  });

  it("accepts either if both secrets are set", async () => {
    const env = { BEARER_SECRET_NAME: "token", HMAC_SECRET_NAME: "hmac-key" };
    expect(await callOutcome(env, { authorization: "Bearer battery staple" })).toBe("in");
    expect(await callOutcome(env, { hmac: sign("sha256") })).toBe("in");
    expect(await callOutcome(env, {})).toBe("401 unauthorized");
  });

  it("compares signatures and tokens in constant time", async () => {
    const compare = jest.spyOn(crypto, "timingSafeEqual");
    const env = { BEARER_SECRET_NAME: "token", HMAC_SECRET_NAME: "hmac-key" };
    await callOutcome(env, { hmac: sign("sha256").slice(0, -2), authorization: "Bearer b" });
    expect(compare).toHaveBeenCalledTimes(2);
    compare.mockRestore();
  });

  it("accepts each key and each token of a secret with several", async () => {
    const signed = { HMAC_SECRET_NAME: "two-keys" };
    expect(await callOutcome(signed, { hmac: sign("sha256", "new horse") })).toBe("in");
    expect(await callOutcome(signed, { hmac: sign("sha256", "correct horse") })).toBe("in");
    expect(await callOutcome(signed, { hmac: sign("sha256", "wrong horse") })).toBe("401 unauthorized");
    expect(await callOutcome(signed, { hmac: sign("sha256", "") })).toBe("401 unauthorized");
    const bearer = { BEARER_SECRET_NAME: "two-keys" };
    expect(await callOutcome(bearer, { authorization: "Bearer new horse" })).toBe("in");
    expect(await callOutcome(bearer, { authorization: "Bearer correct horse" })).toBe("in");
    expect(await callOutcome(bearer, { authorization: "Bearer " })).toBe("401 unauthorized");
  });

  it("compares with all keys and tokens of a secret, whichever is the right one", async () => {
    const compare = jest.spyOn(crypto, "timingSafeEqual");
    const comparisons = async (env: Record<string, string>, headers: Record<string, string>) => {
      compare.mockClear();
      await callOutcome(env, headers);
      return compare.mock.calls.length;
    };
    for (const key of ["new horse", "correct horse", "wrong horse"]) {
      // The third is the text of both lines.
      expect(await comparisons({ HMAC_SECRET_NAME: "two-keys" }, { hmac: sign("sha256", key) })).toBe(3);
      expect(await comparisons({ BEARER_SECRET_NAME: "two-keys" }, { authorization: `Bearer ${key}` })).toBe(
        3,
      );
    }
    compare.mockRestore();
  });

  it("rotates a key without a restart: adds the new one, and refuses the old one once it is removed", async () => {
    using secret = mountSecret({ "hmac-key": "old\n" });
    const env = { HMAC_SECRET_NAME: "hmac-key", SECRETS_DIR: secret.path };
    const fates = async () => [
      await callOutcome(env, { hmac: sign("sha256", "old") }),
      await callOutcome(env, { hmac: sign("sha256", "new") }),
    ];
    expect(await fates()).toEqual(["in", "401 unauthorized"]);
    secret.swap({ "hmac-key": "old\nnew\n" });
    expect(await fates()).toEqual(["in", "in"]);
    secret.swap({ "hmac-key": "new\nold\n" });
    expect(await fates()).toEqual(["in", "in"]);
    secret.swap({ "hmac-key": "new\n" });
    expect(await fates()).toEqual(["401 unauthorized", "in"]);
  });

  it.each(["absent", "empty"])("refuses every call when the named secret is %s", async (secret) => {
    expect(await callOutcome({ HMAC_SECRET_NAME: secret }, { hmac: sign("sha256", "") })).toBe(
      "500 secret_missing",
    );
    expect(await callOutcome({ BEARER_SECRET_NAME: secret }, { authorization: "Bearer " })).toBe(
      "500 secret_missing",
    );
  });
});
