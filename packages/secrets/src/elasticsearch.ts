import { randomPassword } from "./account.ts";
import { makeCertificates } from "./certificates.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";
import { passwordHash } from "./password-hash.ts";
import type { StoreAccess } from "./stores.ts";

/** Clients of Elasticsearch. Each has its own user; deploy/components/store-logins assigns their roles. */
export const elasticsearchClients = [
  "gateway",
  "tweet-enrich",
  "nifi",
  "notebooks",
  "elasticsearch-exporter",
  "elasticsearch-templates",
  "elasticsearch-snapshots",
] as const;

export interface ElasticsearchSecrets {
  /** The Secret `elasticsearch` of the nodes; the administrator's login and the authority, for people. */
  files: NewFile[];
  clients: Record<(typeof elasticsearchClients)[number], StoreAccess>;
}

const services = ["elasticsearch", "elasticsearch-nodes"];
const hosts = [
  ...services.flatMap((service) =>
    ["data.svc.cluster.local", "data.svc", "data"].map((domain) => `${service}.${domain}`),
  ),
  ...["data.svc.cluster.local", "data.svc", "data"].map((domain) => `*.elasticsearch-nodes.${domain}`),
  "elasticsearch",
  "localhost",
  "127.0.0.1",
];

/**
 * Creates the secrets of an Elasticsearch with TLS and users. The Secret `elasticsearch`
 * (`kubernetes-stores/elasticsearch.yaml`) has a certificate for all nodes and the hashed passwords. Each client gets a
 * login. `elasticsearch/admin-login` and `elasticsearch/ca.pem` are for people.
 */
export function elasticsearchSecrets(now: Date): ElasticsearchSecrets {
  const { authority, certificate, key } = makeCertificates({
    name: "elasticsearch.data.svc.cluster.local",
    hosts,
    now,
  });
  const passwords = new Map(
    ["admin", "probe", ...elasticsearchClients].map((name) => [name, randomPassword()]),
  );
  const login = (name: string) => `${name}:${passwords.get(name)}`;
  const users = [...passwords].map(([name, password]) => `${name}:${passwordHash(password)}\n`);
  return {
    files: [
      { path: "elasticsearch/admin-login", text: `${login("admin")}\n` },
      { path: "elasticsearch/ca.pem", text: authority },
      {
        path: "kubernetes-stores/elasticsearch.yaml",
        text: toYaml([
          secret("elasticsearch", "elasticsearch", {
            "ca.crt": authority,
            "tls.crt": certificate,
            "tls.key": key,
            users: users.join(""),
            "probe-login": login("probe"),
          }),
        ]),
      },
    ],
    clients: Object.fromEntries(
      elasticsearchClients.map((name) => [name, { login: login(name), ca: authority }]),
    ) as ElasticsearchSecrets["clients"],
  };
}
