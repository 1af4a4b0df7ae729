import { relative, resolve } from "node:path";
import { exitWithUsageError, readCommandLine, UsageError } from "@platform/cli/command";
import { secretsCommand } from "./command.mjs";
import { elasticsearchSecrets } from "./elasticsearch.ts";
import { ethereumSecrets } from "./ethereum.ts";
import { functionSecrets, gatewaySecrets } from "./gateway.ts";
import { jupyterhubSecrets } from "./jupyterhub.ts";
import { kafkaSecrets } from "./kafka.ts";
import { FilesExistError, NothingMissingError, writeNewFiles } from "./new-files.ts";
import { nifiSecrets } from "./nifi.ts";
import { readOptions } from "./options.ts";
import { storeSecrets } from "./stores.ts";
import { sysopSecrets } from "./sysop.ts";

/** `npm run secrets`: creates the secrets for deploy/, which must not be committed. */
async function main(): Promise<void> {
  const { out, signers } = readOptions(readCommandLine(secretsCommand).values);
  const folder = resolve(out);
  const displayPath = relative(process.cwd(), folder) || ".";
  const now = new Date();
  const { files: ethereum, accounts } = await ethereumSecrets({ signers, now });
  const kafka = kafkaSecrets(now);
  const elasticsearch = elasticsearchSecrets(now);
  const written = await writeNewFiles(folder, [
    ethereum,
    nifiSecrets(now),
    jupyterhubSecrets(),
    sysopSecrets(),
    gatewaySecrets(),
    functionSecrets("hmac-key"),
    functionSecrets("function-token"),
    [
      ...kafka.files,
      ...elasticsearch.files,
      ...storeSecrets({ kafka: kafka.clients, elasticsearch: elasticsearch.clients }),
    ],
  ]);
  const funded = written.includes(ethereum[0]!)
    ? accounts.map(
        ({ address, ether }, index) =>
          `\n  account ${index + 1}, ${ether} ether: ${address}${index + 1 === accounts.length ? "\n" : ""}`,
      )
    : [];
  process.stdout.write(`Created in ${displayPath}:
${written.map(({ path }) => `  ${path}\n`).join("")}${funded.join("")}
Keep these files: they cannot be recreated. Next steps:
  kubectl apply -k deploy/base/namespace
  kubectl apply -f ${displayPath}/kubernetes
  kubectl apply -f ${displayPath}/kubernetes-gateway     # not with OpenFaaS, which creates this Secret itself
  kubectl apply -k deploy/overlays/local
For JupyterHub in the namespace data-lab:
  kubectl apply -k deploy/jupyterhub
  kubectl apply -f ${displayPath}/kubernetes-data-lab
  kubectl apply -k deploy/base/jupyterhub
For TLS and logins of Kafka and Elasticsearch (deploy/overlays/production):
  kubectl apply -f ${displayPath}/kubernetes-stores
  kubectl apply -f ${displayPath}/kubernetes-data-lab-stores
`);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) exitWithUsageError(secretsCommand, error);
  console.error(error instanceof FilesExistError ? `npm run secrets: ${error.message}` : error);
  process.exit(error instanceof NothingMissingError ? 3 : 1);
});
