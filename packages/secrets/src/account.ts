import { randomBytes } from "node:crypto";
import { encryptKeystoreJson, Wallet } from "ethers";

/** An Ethereum account: its address and its key, encrypted. */
export interface Account {
  /** With its checksum (EIP-55). */
  address: string;
  /** Web3 secret storage, version 3: what Geth and eth_account call a keyfile. */
  keyfile: string;
}

// As `geth account new --lightkdf`: the password is random, so a slow key derivation would only slow the nodes down.
const scrypt = { N: 2 ** 12, r: 8, p: 6 };

/** A new account with a random key. */
export async function makeAccount(password: string): Promise<Account> {
  const { address, privateKey } = Wallet.createRandom();
  const keyfile = await encryptKeystoreJson({ address, privateKey }, password, { scrypt });
  return { address, keyfile: `${keyfile}\n` };
}

/** 192 random bits as text without special characters: fit for a file, a URL and a shell. */
export function randomPassword(): string {
  return randomBytes(24).toString("base64url");
}
