import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inData } from "./data-namespace.ts";
import type { KubernetesObject } from "./kubernetes.ts";

/** Writes the settings of Kafka's programs, for a producer that retries without a limit. */
const prepare = `
login=$(cat /secrets/kafka-login)
cat >"$CONFIG" <<END
security.protocol=SASL_SSL
ssl.truststore.type=PEM
ssl.truststore.location=/secrets/kafka-ca
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="\${login%%:*}" password="\${login#*:}";
acks=all
retries=2147483647
delivery.timeout.ms=600000
max.block.ms=600000
linger.ms=20
END
touch /tmp/ready
exec sleep 86400
`;

/** `sh ask.sh PATH [BODY]` prints Elasticsearch's answer. */
const ask = `
path=$1
shift
[ $# -eq 0 ] || set -- -H content-type:application/json --data-binary "$1"
exec curl -sS --fail --max-time "\${MAX_TIME:-30}" --cacert /secrets/ca --user "$(cat /secrets/login)" "$@" "https://elasticsearch.data:9200/$path"
`;

/** Prints the time and the number of documents, twice a second. */
const count = `
touch /tmp/ready
while :; do
  MAX_TIME=5 sh /scripts/ask.sh 'sentiment-*/_refresh' '' >/dev/null 2>&1
  count=$(MAX_TIME=5 sh /scripts/ask.sh 'sentiment-*/_count?filter_path=count' 2>/dev/null | tr -dc 0-9)
  [ -z "$count" ] || echo "$(date +%s) $count"
  sleep 0.5
done
`;

const labels = { app: "tweets", "kafka-client": "true", "elasticsearch-client": "true" };
const metadata = { name: "tweets", namespace: "data", labels };
const security = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  seccompProfile: { type: "RuntimeDefault" },
};

/**
 * Returns a pod with two clients of the stores: a producer of tweets with the login of the feeds, and a counter of documents with that of
 * the administrator. Their images are those of the stores.
 *
 * @param secrets the secrets of `npm run secrets`
 */
export async function streamClient(secrets: string): Promise<KubernetesObject[]> {
  const images = await inData(
    ...["get", "statefulset", "kafka", "elasticsearch"],
    ...["-o", "jsonpath={.items[*].spec.template.spec.containers[0].image}"],
  );
  const [kafkaImage, elasticsearchImage] = images.split(" ");
  const container = (name: string, image: string, script: string, env: Record<string, string>) => ({
    name,
    image,
    command: ["sh", `/scripts/${script}`],
    env: Object.entries(env).map(([variable, value]) => ({ name: variable, value })),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    resources: { requests: { cpu: "100m" } }, // a pod without a request would get CPU time after all others
    readinessProbe: { exec: { command: ["test", "-e", "/tmp/ready"] }, periodSeconds: 1 },
    volumeMounts: [
      { name: "scripts", mountPath: "/scripts", readOnly: true },
      { name: `${name}-secrets`, mountPath: "/secrets", readOnly: true },
      { name: `${name}-tmp`, mountPath: "/tmp" },
    ],
  });
  const volumes = (name: string, secretName: string) => [
    { name: `${name}-secrets`, secret: { secretName } },
    { name: `${name}-tmp`, emptyDir: {} },
  ];
  const spec = {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: { ...security, fsGroup: 1000 },
    containers: [
      container("sender", kafkaImage!, "prepare.sh", {
        PATH: "/opt/kafka/bin:/usr/local/bin:/usr/bin:/bin",
        BROKERS: "kafka.data:9092",
        CONFIG: "/tmp/client.properties",
        KAFKA_HEAP_OPTS: "-Xmx128m",
      }),
      container("counter", elasticsearchImage!, "count.sh", {}),
    ],
    volumes: [
      { name: "scripts", configMap: { name: "tweets" } },
      ...volumes("sender", "feeds-stores"),
      ...volumes("counter", "tweets"),
    ],
  };
  const read = (name: string) => readFileSync(join(secrets, "elasticsearch", name), "utf8");
  const [login, ca] = [read("admin-login").trim(), read("ca.pem")];
  const data = { "prepare.sh": prepare, "ask.sh": ask, "count.sh": count };
  return [
    { apiVersion: "v1", kind: "ConfigMap", metadata, data },
    { apiVersion: "v1", kind: "Secret", metadata, stringData: { login, ca } },
    { apiVersion: "v1", kind: "Pod", metadata, spec },
  ];
}
