/** The image of deploy/components/images/kustomization.yaml. */
export const kafkaImage = "apache/kafka:4.3.1";

/** The commands that start a broker and a gateway on this machine. */
export const startKafka: readonly string[] = [
  `docker run -d --name kafka -p 9092:9092 ${kafkaImage}`,
  "KAFKA_BROKERS=localhost:9092 npm start",
];
