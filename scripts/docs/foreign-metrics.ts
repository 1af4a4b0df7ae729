import { allBoardQueries, ruleQueries } from "../../packages/monitoring/src/queries.ts";

/** A third-party program whose metrics boards and alerts read. */
interface ForeignProgram {
  program: string;
  /** The endpoint of its metrics, and their documentation. */
  source: string;
  names: RegExp;
}

const programs: readonly ForeignProgram[] = [
  {
    program: "Elasticsearch",
    source:
      "`elasticsearch-exporter`, port 9114: [its README](https://github.com/prometheus-community/elasticsearch_exporter#metrics)",
    names: /^elasticsearch_/,
  },
  {
    program: "Geth",
    source: "Geth itself, port 6060: [its documentation](https://geth.ethereum.org/docs/monitoring/metrics)",
    names: /^(chain|p2p|rpc|system|txpool)_/,
  },
  {
    program: "Kafka",
    source:
      "the JMX exporter in Kafka's JVM, port 9404: [kafka-jmx.yml](../../deploy/components/monitoring/kafka-jmx.yml) has the names and meanings",
    names: /^(kafka_(?!connector_)|jvm_)/,
  },
  {
    program: "Kubernetes and cert-manager",
    source: "the kubelets; cert-manager, port 9402",
    names: /^(kubelet|certmanager)_/,
  },
  {
    program: "Lodestar",
    source: "beacon nodes and validators, ports 8008 and 5064, with proof of stake",
    names: /^(beacon|lodestar|vc)_(?!peers_)/,
  },
  {
    program: "NiFi",
    source: "NiFi itself, `/nifi-api/flow/metrics/prometheus`, with a certificate",
    names: /^nifi_/,
  },
  { program: "Prometheus", source: "Prometheus itself", names: /^(up|ALERTS)$/ },
];

/** Whether another program has a metric of this name. */
export function isForeign(name: string): boolean {
  return programs.some(({ names }) => names.test(name));
}

/** Returns table rows: the program, the source of its metrics, and the names that boards and alerts read. */
export function foreignMetrics(root: string): string[][] {
  const used = [...allBoardQueries(), ...ruleQueries(root)].flatMap(({ metrics }) => metrics);
  return programs.map(({ program, source, names }) => {
    const own = [...new Set(used.filter((name) => names.test(name)))].sort();
    return [program, source, own.map((name) => `\`${name}\``).join(", ") || "none"];
  });
}
