import { createCipheriv, createHash, randomBytes, randomUUID, scryptSync } from "node:crypto";
import { bls12_381 } from "@noble/curves/bls12-381";

/** The key pair of a validator; the private key is encrypted. */
export interface ValidatorKey {
  /** 48 bytes, in hexadecimal digits with 0x. */
  pubkey: string;
  /** An EIP-2335 keystore, which Lodestar and the other consensus clients import. */
  keystore: string;
}

// The password is random, so a slow key derivation would only slow down the validator.
const scrypt = { N: 2 ** 12, r: 8, p: 1 };

/** Creates a random key of a validator, not derived from a mnemonic. */
export function makeValidatorKey(password: string): ValidatorKey {
  const key = bls12_381.utils.randomPrivateKey();
  const pubkey = Buffer.from(bls12_381.getPublicKey(key)).toString("hex");
  return { pubkey: `0x${pubkey}`, keystore: `${JSON.stringify(encrypt(key, pubkey, password), null, 2)}\n` };
}

/** EIP-2335, version 4. The password is ASCII, so it needs no Unicode normalisation. */
function encrypt(key: Uint8Array, pubkey: string, password: string) {
  const [salt, iv] = [randomBytes(32), randomBytes(16)];
  const derived = scryptSync(password, salt, 32, scrypt);
  const cipher = createCipheriv("aes-128-ctr", derived.subarray(0, 16), iv);
  const message = Buffer.concat([cipher.update(key), cipher.final()]);
  const checksum = createHash("sha256").update(derived.subarray(16)).update(message).digest("hex");
  const { N: n, r, p } = scrypt;
  return {
    crypto: {
      kdf: { function: "scrypt", params: { dklen: 32, n, r, p, salt: salt.toString("hex") }, message: "" },
      checksum: { function: "sha256", params: {}, message: checksum },
      cipher: {
        function: "aes-128-ctr",
        params: { iv: iv.toString("hex") },
        message: message.toString("hex"),
      },
    },
    description: "",
    pubkey,
    path: "",
    uuid: randomUUID(),
    version: 4,
  };
}
