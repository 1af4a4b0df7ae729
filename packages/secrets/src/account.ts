import { randomBytes } from "node:crypto";
import { encryptKeystoreJson, Wallet } from "ethers";

/** An Ethereum account: its address and its encrypted key. */
export interface Account {
  /** With its checksum (EIP-55). */
  address: string;
  /** Web3 secret storage, version 3: a keyfile of Geth and eth_account. */
  keyfile: string;
}

// Like `geth account new --lightkdf`: the password is random, so a slow key derivation would only slow down the nodes.
const scrypt = { N: 2 ** 12, r: 8, p: 6 };

/** Creates an account with a random key. */
export async function makeAccount(password: string): Promise<Account> {
  const { address, privateKey } = Wallet.createRandom();
  const keyfile = await encryptKeystoreJson({ address, privateKey }, password, { scrypt });
  return { address, keyfile: `${keyfile}\n` };
}

/** 192 random bits as text without special characters, safe in files, URLs and shells. */
export function randomPassword(): string {
  return randomBytes(24).toString("base64url");
}
