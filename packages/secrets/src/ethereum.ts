import { type Account, makeAccount, randomPassword } from "./account.ts";
import { cliqueGenesis, networkId, proofOfStakeGenesis, proofOfWorkGenesis } from "./genesis.ts";
import { configMap, secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";
import { engineSecret, makeValidators } from "./validators.ts";

/** The keyfile of a pod of the StatefulSet eth-geth-miner; a pod mounts only its own. */
const keyfileName = (index: number) => `eth-geth-miner-${index}.json`;

/** The secrets of an Ethereum network. */
export interface EthereumSecrets {
  /** The files, by their paths below the folder of the secrets. */
  files: NewFile[];
  /** The two funded accounts; these values are public. */
  accounts: { address: string; ether: number }[];
}

/**
 * Creates the secrets of a new Ethereum network:
 * - two accounts with 100 and 200 ether for users (`ethereum/account1.json` with its password in `pass1.txt`, and the second);
 * - the Kubernetes objects for deploy/ (`kubernetes/ethereum.yaml`): Secret `eth-geth-miner` with an account for each signer
 *   or miner; for proof of stake, Secret `eth-geth-validators` with two validators for each of these, and Secret
 *   `eth-geth-engine`; Secret `eth-ethstats`; ConfigMap `eth-geth` with the genesis blocks and the public keys.
 */
export async function ethereumSecrets({
  signers,
  now,
}: {
  signers: number;
  now: Date;
}): Promise<EthereumSecrets> {
  const passwords = [randomPassword(), randomPassword()];
  const users = await Promise.all(passwords.map(makeAccount));
  const funded = users.map(({ address }, index) => ({ address, ether: 100 * (index + 1) }));
  const accountSecret = randomPassword();
  const sealers = await Promise.all(Array.from({ length: signers }, () => makeAccount(accountSecret)));
  const genesis = cliqueGenesis(
    funded,
    sealers.map(({ address }) => address),
    now,
  );
  const validators = makeValidators(sealers);
  const manifests = [
    configMap("eth-geth", "eth-geth", {
      networkid: String(networkId),
      accounts: users.map(({ address }) => address).join(","),
      "genesis.json": json(genesis),
      "genesis-proof-of-work.json": json(proofOfWorkGenesis(funded)),
      "genesis-proof-of-stake.json": json(proofOfStakeGenesis(funded, now)),
      "validators.json": json(validators.list),
    }),
    secret("eth-geth-miner", "eth-geth-miner", { accountsecret: accountSecret, ...keys(sealers) }),
    secret("eth-geth-validators", "eth-geth-miner", validators.secrets),
    secret("eth-geth-engine", "eth-geth", { "jwt.hex": engineSecret() }),
    secret("eth-ethstats", "eth-ethstats", { WS_SECRET: randomPassword() }),
  ];
  return {
    files: [
      ...users.flatMap(({ keyfile }, index) => [
        { path: `ethereum/account${index + 1}.json`, text: keyfile },
        { path: `ethereum/pass${index + 1}.txt`, text: `${passwords[index]}\n` },
      ]),
      { path: "kubernetes/ethereum.yaml", text: toYaml(manifests) },
    ],
    accounts: funded,
  };
}

function keys(sealers: readonly Account[]) {
  return Object.fromEntries(sealers.map(({ keyfile }, index) => [keyfileName(index), keyfile]));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
