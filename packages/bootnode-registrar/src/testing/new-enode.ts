import { createECDH } from "node:crypto";

/** Creates the id of a boot node with a new key. */
export function newEnodeId(): string {
  return createECDH("secp256k1").generateKeys("hex").slice(2);
}

/** Creates the enode URL of a boot node with a new key. */
export function newEnode(endpoint = "10.0.0.1:30301"): string {
  return `enode://${newEnodeId()}@${endpoint}`;
}
