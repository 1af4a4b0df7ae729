import { createDecipheriv, createHash, scryptSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bls12_381 } from "@noble/curves/bls12-381";
import { parse } from "yaml";
import { engineSecret, makeValidators } from "./validators.ts";

const accounts = [{ address: `0x${"1".repeat(40)}` }, { address: `0x${"2".repeat(40)}` }];
const { list, secrets } = makeValidators(accounts);

/** The key in an EIP-2335 keystore. */
function decrypt(text: string, password: string): Buffer {
  const { crypto } = JSON.parse(text);
  const { n: N, r, p, dklen, salt } = crypto.kdf.params;
  const derived = scryptSync(password, Buffer.from(salt, "hex"), dklen, { N, r, p });
  const message = Buffer.from(crypto.cipher.message, "hex");
  const checksum = createHash("sha256").update(derived.subarray(16, 32)).update(message).digest("hex");
  if (checksum !== crypto.checksum.message) throw new Error("wrong password");
  const iv = Buffer.from(crypto.cipher.params.iv, "hex");
  const decipher = createDecipheriv("aes-128-ctr", derived.subarray(0, 16), iv);
  return Buffer.concat([decipher.update(message), decipher.final()]);
}

it("creates two validators per pod, whose withdrawals go to the pod's account", () => {
  expect(list.map(({ withdrawalAddress }) => withdrawalAddress)).toEqual(
    accounts.flatMap(({ address }) => [address, address]),
  );
  expect(new Set(list.map(({ pubkey }) => pubkey)).size).toBe(4);
});

it("encrypts the private key of each public key with the password", () => {
  const names = [0, 1].flatMap((pod) => [0, 1].map((k) => `eth-geth-miner-${pod}-${k}.json`));
  const pubkeys = names.map((name) => {
    const key = decrypt(secrets[name]!, secrets.password!);
    const pubkey = `0x${Buffer.from(bls12_381.getPublicKey(key)).toString("hex")}`;
    expect(`0x${JSON.parse(secrets[name]!).pubkey}`).toBe(pubkey);
    return pubkey;
  });
  expect(pubkeys).toEqual(list.map(({ pubkey }) => pubkey));
  expect(() => decrypt(secrets[names[0]!]!, "another")).toThrow("wrong password");
});

it("gives each validator client the mount paths of its pod and the pod's account for fees", () => {
  const file = join(__dirname, "../../../deploy/components/proof-of-stake/validator-pod.yaml");
  const pod = parse(readFileSync(file, "utf8")).spec.template.spec;
  const { volumeMounts } = pod.containers.find(({ name }: { name: string }) => name === "validator");
  const mounts: string[] = volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
  for (const [index, { address }] of accounts.entries()) {
    const options = parse(secrets[`eth-geth-miner-${index}.yaml`]!);
    expect(options.suggestedFeeRecipient).toBe(address);
    expect(mounts).toEqual(
      expect.arrayContaining([
        options.dataDir,
        dirname(options.paramsFile),
        join(options.importKeystores, "0.json"),
        join(options.importKeystores, "1.json"),
        options.importKeystoresPassword,
      ]),
    );
  }
});

it("creates a different engine secret of 32 bytes each time", () => {
  expect(engineSecret()).toMatch(/^[0-9a-f]{64}\n$/);
  expect(engineSecret()).not.toBe(engineSecret());
});
