import { randomPassword } from "./account.ts";
import { makeCertificates } from "./certificates.ts";
import { secret, toYaml } from "./manifest.ts";
import type { NewFile } from "./new-files.ts";
import type { StoreAccess } from "./stores.ts";

/** Clients of Kafka. Each has its own user; deploy/components/store-logins has their ACLs. */
const kafkaClients = [
  "kafka-connector",
  "gateway",
  "tweet-enrich",
  "nifi",
  "feeds",
  "notebooks",
  "dead-letters",
] as const;

export interface KafkaSecrets {
  /** The Secret `kafka` of the brokers; the administrator's login and the authority, for people. */
  files: NewFile[];
  clients: Record<(typeof kafkaClients)[number], StoreAccess>;
}

const domains = ["kafka.data.svc.cluster.local", "kafka.data.svc", "kafka.data"];
const hosts = [...domains.flatMap((domain) => [domain, `*.${domain}`]), "kafka", "localhost", "127.0.0.1"];

/**
 * Creates the secrets of a Kafka with TLS and users. The Secret `kafka` (`kubernetes-stores/kafka.yaml`) has a certificate
 * for all brokers and the passwords of the users. Each client gets a login. `kafka/admin-login` and `kafka/ca.pem` are for
 * people.
 */
export function kafkaSecrets(now: Date): KafkaSecrets {
  // Brokers authenticate to each other by this name, which is a superuser in logins.properties.
  const { authority, certificate, key } = makeCertificates({ name: "kafka", hosts, now });
  const passwords = new Map(["admin", ...kafkaClients].map((name) => [name, randomPassword()]));
  const login = (name: string) => `${name}:${passwords.get(name)}`;
  const users = Object.fromEntries([...passwords].map(([name, password]) => [`${name}.password`, password]));
  return {
    files: [
      { path: "kafka/admin-login", text: `${login("admin")}\n` },
      { path: "kafka/ca.pem", text: authority },
      {
        path: "kubernetes-stores/kafka.yaml",
        text: toYaml([
          secret("kafka", "kafka", {
            "ca.crt": authority,
            "tls.crt": certificate,
            "tls.key": key,
            "admin-login": login("admin"),
            ...users,
          }),
        ]),
      },
    ],
    clients: Object.fromEntries(
      kafkaClients.map((name) => [name, { login: login(name), ca: authority }]),
    ) as KafkaSecrets["clients"],
  };
}
