import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FakeNode, startFakeNode } from "../ethereum/fake-node.ts";
import { type HttpAnswer, httpCall } from "../http/http-call.ts";
import { type StartedTemplateHost, stackEnvironment, startTemplateHost } from "../openfaas/template-host.ts";
import { bundleFolder, node18 } from "../repo.ts";
import { type EnvironmentName, findCondition } from "./api-conditions.ts";
import type { ApiCall } from "./api-requests.ts";
import { type FakePeers, type PeerMood, startFakePeers } from "./fake-peers.ts";

/** The built functions on the template's host, each in the environments for the examples of functions-api.yml. */
export interface StartedFunctionsStage extends AsyncDisposable {
  /** Makes a documented call under its condition. */
  send(call: ApiCall): Promise<HttpAnswer>;
}

type Environment = Readonly<Record<string, string>>;

const secretNames = ["hmac", "token"];

/** Starts the peers. Each function starts with the first call that needs it. */
export async function startFunctionsStage(): Promise<StartedFunctionsStage> {
  const secrets = mkdtempSync(join(tmpdir(), "secrets-"));
  for (const name of secretNames) writeSecret(secrets, name);
  const [node, peers] = await Promise.all([startFakeNode(), startFakePeers()]);
  const environments = makeEnvironments({ secrets, node, peers });
  const hosts = new Map<string, Promise<StartedTemplateHost>>();

  function getHost(name: string, environment: EnvironmentName): Promise<StartedTemplateHost> {
    const key = `${name} ${environment}`;
    const started =
      hosts.get(key) ??
      startTemplateHost({
        handler: bundleFolder(name),
        node: node18(),
        env: { ...stackEnvironment, LOG_LEVEL: "silent", ...environments[environment] },
      });
    hosts.set(key, started);
    return started;
  }

  return {
    async send(call) {
      const { environment = "usual", headers, body, mood = "well", missing } = findCondition(call.name);
      const [, name = "", path = ""] = /^\/function\/([^/?]+)(.*)$/.exec(call.path) ?? [];
      const host = await getHost(name, environment);
      peers.mood = mood;
      node.mood = isNodeMood(mood) ? mood : "well";
      if (missing !== undefined) rmSync(join(secrets, missing));
      try {
        return await httpCall(`${host.url}${path}`, {
          ...call,
          ...(headers && { headers }),
          ...(body && { body }),
        });
      } finally {
        if (missing !== undefined) writeSecret(secrets, missing);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const host of hosts.values()) await (await host)[Symbol.asyncDispose]();
      await Promise.all([node[Symbol.asyncDispose](), peers[Symbol.asyncDispose]()]);
      rmSync(secrets, { recursive: true });
    },
  };
}

function writeSecret(folder: string, name: string): void {
  writeFileSync(join(folder, name), `the ${name} of the tests`);
}

function isNodeMood(mood: PeerMood): mood is FakeNode["mood"] {
  return !mood.startsWith("refusing");
}

/** The settings of the functions in each environment; a function ignores those of the others. */
function makeEnvironments({ secrets, node, peers }: { secrets: string; node: FakeNode; peers: FakePeers }) {
  const usual = { GETH_RPC_ENDPOINT: node.url, GETH_CACHE: "0ms" };
  return {
    usual,
    guarded: {
      RAW_BODY: "false",
      SECRETS_DIR: secrets,
      HMAC_SECRET_NAME: "hmac",
      BEARER_SECRET_NAME: "token",
    },
    misconfigured: { MAX_BODY_BYTES: "many" },
    "with peers": {
      ...usual,
      GETH_TIMEOUT: "1s",
      SENTIMENT_URL: peers.scorer,
      ELASTICSEARCH_URL: peers.elasticsearch,
      ENRICH_TIMEOUT: "1s",
    },
  } satisfies Record<EnvironmentName, Environment>;
}
