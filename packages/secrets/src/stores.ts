import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

/** What a client needs to use a store. */
export interface StoreAccess {
  /** user:password */
  login: string;
  /** Certificate of the authority that signed the store's, as PEM. */
  ca: string;
}

/** The access of each client to each store. */
export type StoreClients = Readonly<
  Record<"kafka" | "elasticsearch", Readonly<Record<string, StoreAccess> & { notebooks: StoreAccess }>>
>;

/** Programs of others, which want name and password apart. */
const takesParts: ReadonlySet<string> = new Set(["nifi", "elasticsearch-exporter"]);
/** Where users' servers mount the certificates: deploy/base/jupyterhub/singleuser.yaml, deploy/jupyterhub/values.yaml. */
const notebooksFolder = "/srv/stores";

/**
 * A Secret CLIENT-stores for each client, with `kafka-login`, `kafka-ca`, `elasticsearch-login` and `elasticsearch-ca` as far
 * as it uses these stores: in `kubernetes-stores/clients.yaml`. That of the notebooks has their environment variables, and the
 * namespace data-lab: `kubernetes-data-lab-stores/notebooks.yaml`.
 */
export function storeSecrets(stores: StoreClients): NewFile[] {
  const names = new Set(Object.values(stores).flatMap(Object.keys));
  names.delete("notebooks");
  const clients = [...names].map((client) => secret(`${client}-stores`, client, dataOf(client, stores)));
  const notebooks = secret("notebooks-stores", "notebooks", notebooksData(stores), "data-lab");
  return [
    { path: "kubernetes-stores/clients.yaml", text: toYaml(clients) },
    { path: "kubernetes-data-lab-stores/notebooks.yaml", text: toYaml([notebooks]) },
  ];
}

function dataOf(client: string, stores: StoreClients): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stores).flatMap(([store, clients]) => {
      const access = clients[client];
      if (access === undefined) return [];
      const { ca, login } = access;
      const parts = takesParts.has(client) ? partsOf(access) : {};
      return Object.entries({ login, ca, ...parts }).map(([key, value]) => [`${store}-${key}`, value]);
    }),
  );
}

/** Environment variables of the notebooks, and the files that these name. */
function notebooksData({ kafka, elasticsearch }: StoreClients): Record<string, string> {
  const [ofKafka, ofElasticsearch] = [partsOf(kafka.notebooks), partsOf(elasticsearch.notebooks)];
  return {
    KAFKA_TLS: "true",
    KAFKA_CA_FILE: `${notebooksFolder}/kafka-ca`,
    KAFKA_SASL_USERNAME: ofKafka.username,
    KAFKA_SASL_PASSWORD: ofKafka.password,
    ELASTICSEARCH_URL: "https://elasticsearch.data:9200",
    ELASTICSEARCH_CA_FILE: `${notebooksFolder}/elasticsearch-ca`,
    ELASTICSEARCH_USERNAME: ofElasticsearch.username,
    ELASTICSEARCH_PASSWORD: ofElasticsearch.password,
    "kafka-ca": kafka.notebooks.ca,
    "elasticsearch-ca": elasticsearch.notebooks.ca,
  };
}

function partsOf({ login }: StoreAccess): { username: string; password: string } {
  const [username, password] = login.split(":") as [string, string];
  return { username, password };
}
