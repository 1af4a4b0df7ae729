import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";

/** The credentials of a client for a store. */
export interface StoreAccess {
  /** user:password */
  login: string;
  /** The certificate of the authority that signed the store's certificate, as PEM. */
  ca: string;
}

/** The credentials of each client for each store. */
export type StoreClients = Readonly<
  Record<"kafka" | "elasticsearch", Readonly<Record<string, StoreAccess> & { notebooks: StoreAccess }>>
>;

/** Third-party programs, which need user name and password separately. */
const needsSeparateParts: ReadonlySet<string> = new Set(["nifi", "elasticsearch-exporter"]);
/** The mount path of the certificates in deploy/base/jupyterhub/singleuser.yaml and deploy/jupyterhub/values.yaml. */
const notebooksFolder = "/srv/stores";

/**
 * Creates a Secret CLIENT-stores for each client in `kubernetes-stores/clients.yaml`, with `kafka-login`, `kafka-ca`,
 * `elasticsearch-login` and `elasticsearch-ca` for the stores that it uses. The Secret of the notebooks has environment
 * variables and is in the namespace data-lab: `kubernetes-data-lab-stores/notebooks.yaml`.
 */
export function storeSecrets(stores: StoreClients): NewFile[] {
  const names = new Set(Object.values(stores).flatMap(Object.keys));
  names.delete("notebooks");
  const clients = [...names].map((client) => secret(`${client}-stores`, client, storeData(client, stores)));
  const notebooks = secret("notebooks-stores", "notebooks", notebooksData(stores), "data-lab");
  return [
    { path: "kubernetes-stores/clients.yaml", text: toYaml(clients) },
    { path: "kubernetes-data-lab-stores/notebooks.yaml", text: toYaml([notebooks]) },
  ];
}

function storeData(client: string, stores: StoreClients): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stores).flatMap(([store, clients]) => {
      const access = clients[client];
      if (access === undefined) return [];
      const { ca, login } = access;
      const parts = needsSeparateParts.has(client) ? splitLogin(access) : {};
      return Object.entries({ login, ca, ...parts }).map(([key, value]) => [`${store}-${key}`, value]);
    }),
  );
}

/** Environment variables of the notebooks, and the files to which they refer. */
function notebooksData({ kafka, elasticsearch }: StoreClients): Record<string, string> {
  const [kafkaLogin, elasticsearchLogin] = [splitLogin(kafka.notebooks), splitLogin(elasticsearch.notebooks)];
  return {
    KAFKA_TLS: "true",
    KAFKA_CA_FILE: `${notebooksFolder}/kafka-ca`,
    KAFKA_SASL_USERNAME: kafkaLogin.username,
    KAFKA_SASL_PASSWORD: kafkaLogin.password,
    ELASTICSEARCH_URL: "https://elasticsearch.data:9200",
    ELASTICSEARCH_CA_FILE: `${notebooksFolder}/elasticsearch-ca`,
    ELASTICSEARCH_USERNAME: elasticsearchLogin.username,
    ELASTICSEARCH_PASSWORD: elasticsearchLogin.password,
    "kafka-ca": kafka.notebooks.ca,
    "elasticsearch-ca": elasticsearch.notebooks.ca,
  };
}

function splitLogin({ login }: StoreAccess): { username: string; password: string } {
  const [username, password] = login.split(":") as [string, string];
  return { username, password };
}
