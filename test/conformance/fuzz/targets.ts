import type { RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import type { SecretsFolder } from "../../services/secrets-folder.ts";
import { stackEnvironment } from "../../services/template-host.ts";
import type { Keys } from "./wire.ts";

export const keys: Keys = { hmac: "hmac-key-c0ffee", bearer: "bearer-token-decaf" };
/** A password and a key in a peer's URL. */
const userinfo = "peer-user:peer-password@";
const pathKey = "peer-path-key";

/** What nobody may be told, beside where the files are. */
export const secrets = [...Object.values(keys), "peer-password", pathKey];

/** A function that is fuzzed, under its settings. */
export interface FuzzTarget {
  title: string;
  name: string;
  env(folder: SecretsFolder, node: string): Readonly<Record<string, string>>;
}

const closed = `http://${userinfo}127.0.0.1:1/${pathKey}`;
const authenticated = ({ path }: SecretsFolder) => ({
  ...stackEnvironment,
  SECRETS_DIR: path,
  HMAC_SECRET_NAME: "hmac",
  BEARER_SECRET_NAME: "bearer",
});

export const targets: readonly FuzzTarget[] = [
  { title: "sentiment", name: "sentiment", env: authenticated },
  {
    title: "last-block on a node",
    name: "last-block",
    env: (folder, node) => ({
      ...authenticated(folder),
      GETH_RPC_ENDPOINT: `${node.replace("://", `://${userinfo}`)}/${pathKey}`,
    }),
  },
  {
    title: "last-block whose node is out of reach",
    name: "last-block",
    env: (folder) => ({ ...authenticated(folder), GETH_RPC_ENDPOINT: closed }),
  },
  { title: "tweet-enrich", name: "tweet-enrich", env: authenticated },
  {
    title: "tweet-enrich whose index is out of reach",
    name: "tweet-enrich",
    env: (folder) => ({ ...authenticated(folder), ELASTICSEARCH_URL: closed, ENRICH_TIMEOUT: "100ms" }),
  },
];

const hex = (n: number) => `0x${n.toString(16)}`;

/** An Ethereum node with a chain of a hundred blocks. */
export const answerAsNode: RequestListener = async (request, response) => {
  const calls = JSON.parse((await buffer(request)).toString());
  const hashOf = (n: number) => `0x${n.toString(16).padStart(64, "0")}`;
  const answers = [calls].flat().map(({ id, params: [which] }) => {
    const n = Number(which);
    const number = Number.isNaN(n) ? 100 : n;
    const block = {
      number: hex(number),
      hash: hashOf(number),
      parentHash: hashOf(number - 1),
      timestamp: hex(number),
    };
    return { jsonrpc: "2.0", id, result: number <= 100 ? block : null };
  });
  response.end(JSON.stringify(Array.isArray(calls) ? answers : answers[0]));
};
