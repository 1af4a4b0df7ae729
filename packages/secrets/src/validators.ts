import { randomBytes } from "node:crypto";
import { stringify } from "yaml";
import { randomPassword } from "./account.ts";
import { makeValidatorKey, type ValidatorKey } from "./validator-key.ts";

const keysPerPod = 2;

/** The validators of a proof-of-stake network: public data, and the secrets of their pods. */
export interface Validators {
  /** The validators in the order of the genesis state, as VALIDATORS_FILE of `packages/proof-of-stake`. */
  list: { pubkey: string; withdrawalAddress: string }[];
  /** The keys of Secret `eth-geth-validators`: keystores, their password, and options of each pod's validator client. */
  secrets: Record<string, string>;
}

/** Creates two validators for each pod of eth-geth-miner. Fees and withdrawals go to the pod's own account. */
export function makeValidators(accounts: readonly { address: string }[]): Validators {
  const password = randomPassword();
  const pods = accounts.map(({ address }, index) => ({
    name: `eth-geth-miner-${index}`,
    address,
    keys: Array.from({ length: keysPerPod }, () => makeValidatorKey(password)),
  }));
  return {
    list: pods.flatMap(({ address, keys }) =>
      keys.map(({ pubkey }) => ({ pubkey, withdrawalAddress: address })),
    ),
    secrets: Object.fromEntries([
      ["password", password],
      ...pods.flatMap(({ name, address, keys }) => [
        ...keys.map(({ keystore }: ValidatorKey, k) => [`${name}-${k}.json`, keystore]),
        [`${name}.yaml`, stringify(validatorClientOptions(address))],
      ]),
    ]),
  };
}

/** Creates the shared secret of Geth and its beacon node (engine API): 32 bytes in hexadecimal. */
export const engineSecret = () => `${randomBytes(32).toString("hex")}\n`;

/**
 * The options of a pod's `lodestar validator` (its --rcConfig file), with the paths of
 * deploy/components/proof-of-stake/validator-pod.yaml. Lodestar 1.5.1 and 1.44 know them all.
 */
function validatorClientOptions(suggestedFeeRecipient: string) {
  return {
    dataDir: "/home/lodestar",
    paramsFile: "/etc/lodestar/config.yaml",
    beaconNodes: ["http://127.0.0.1:9596"],
    importKeystores: "/etc/validator/keystores",
    importKeystoresPassword: "/etc/validator/password",
    // The keystores are read-only, so there is no lock file beside them.
    force: true,
    logFile: "none",
    suggestedFeeRecipient,
  };
}
