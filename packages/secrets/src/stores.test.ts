import { X509Certificate } from "node:crypto";
import { parse, parseAllDocuments } from "yaml";
import { elasticsearchSecrets } from "./elasticsearch.ts";
import { kafkaSecrets } from "./kafka.ts";
import { storeSecrets } from "./stores.ts";

const { clients, files } = kafkaSecrets(new Date());
const kafka = parse(files.find(({ path }) => path === "kubernetes-stores/kafka.yaml")!.text).stringData;
const { clients: elasticsearch } = elasticsearchSecrets(new Date());
const made = storeSecrets({ kafka: clients, elasticsearch });
const secrets = made.flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS()));
const findSecret = (name: string) => secrets.find(({ metadata }) => metadata.name === name);

it("gives each client the password of its Kafka user", () => {
  const passwords = Object.keys(kafka).filter((key) => key.endsWith(".password"));
  expect(passwords.sort()).toEqual(
    ["admin", ...Object.keys(clients)].map((name) => `${name}.password`).sort(),
  );
  for (const name of Object.keys(clients).filter((client) => client !== "notebooks")) {
    const { metadata, stringData } = findSecret(`${name}-stores`);
    expect(metadata.namespace).toBe("data");
    expect(stringData["kafka-login"]).toBe(`${name}:${kafka[`${name}.password`]}`);
    expect(stringData["kafka-ca"]).toBe(kafka["ca.crt"]);
  }
  expect(new Set(passwords.map((key) => kafka[key])).size).toBe(passwords.length);
});

it("gives a client access to the stores that it uses", () => {
  expect(Object.keys(findSecret("gateway-stores").stringData)).toEqual([
    "kafka-login",
    "kafka-ca",
    "elasticsearch-login",
    "elasticsearch-ca",
  ]);
  expect(Object.keys(findSecret("feeds-stores").stringData)).toEqual(["kafka-login", "kafka-ca"]);
});

it("gives third-party programs user name and password separately", () => {
  expect(findSecret("elasticsearch-exporter-stores").stringData).toMatchObject({
    "elasticsearch-username": "elasticsearch-exporter",
    "elasticsearch-password": elasticsearch["elasticsearch-exporter"].login.split(":")[1],
  });
});

it("gives notebooks their environment variables and the files in them", () => {
  const { metadata, stringData } = findSecret("notebooks-stores");
  expect(metadata.namespace).toBe("data-lab");
  expect(stringData).toEqual({
    KAFKA_TLS: "true",
    KAFKA_CA_FILE: "/srv/stores/kafka-ca",
    KAFKA_SASL_USERNAME: "notebooks",
    KAFKA_SASL_PASSWORD: kafka["notebooks.password"],
    ELASTICSEARCH_URL: "https://elasticsearch.data:9200",
    ELASTICSEARCH_CA_FILE: "/srv/stores/elasticsearch-ca",
    ELASTICSEARCH_USERNAME: "notebooks",
    ELASTICSEARCH_PASSWORD: elasticsearch.notebooks.login.split(":")[1],
    "kafka-ca": kafka["ca.crt"],
    "elasticsearch-ca": elasticsearch.notebooks.ca,
  });
});

it.each(["kafka.data", "kafka-2.kafka.data", "kafka-0.kafka.data.svc.cluster.local", "kafka", "localhost"])(
  "certifies %s",
  (host) => {
    const certificate = new X509Certificate(kafka["tls.crt"]);
    expect(certificate.checkHost(host)).toBeDefined();
    expect(certificate.subject).toBe("CN=kafka"); // a superuser
  },
);
