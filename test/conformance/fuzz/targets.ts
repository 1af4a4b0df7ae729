import { functionNames } from "../../support/functions/stack-functions.ts";
import type { SecretsFolder } from "../../support/kubernetes/secrets-folder.ts";
import { stackEnvironment } from "../../support/openfaas/template-host.ts";
import type { Keys } from "./wire.ts";

export const keys: Keys = { hmac: "hmac-key-c0ffee", bearer: "bearer-token-decaf" };
/** A password and a key in the URL of a peer. */
const userinfo = "peer-user:peer-password@";
const pathKey = "peer-path-key";

/** Texts that no answer may contain, in addition to paths of files. */
export const secrets = [...Object.values(keys), "peer-password", pathKey];

/** A function under test, with its settings. */
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

/** Functions that are tested with several settings, because their peers matter. */
const variants: readonly FuzzTarget[] = [
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
  {
    title: "last-block whose WebSocket is out of reach",
    name: "last-block",
    env: (folder) => ({ ...authenticated(folder), GETH_RPC_ENDPOINT: closed.replace("http:", "ws:") }),
  },
  { title: "tweet-enrich", name: "tweet-enrich", env: authenticated },
  {
    title: "tweet-enrich whose index is out of reach",
    name: "tweet-enrich",
    env: (folder) => ({ ...authenticated(folder), ELASTICSEARCH_URL: closed, ENRICH_TIMEOUT: "100ms" }),
  },
];

/** Every function of stack.yml, with the settings of its variants or with its defaults. */
export const targets: readonly FuzzTarget[] = functionNames.flatMap((name) => {
  const own = variants.filter((target) => target.name === name);
  return own.length > 0 ? own : [{ title: name, name, env: authenticated }];
});
