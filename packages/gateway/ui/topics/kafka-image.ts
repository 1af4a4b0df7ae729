/** The image of deploy/components/images/kustomization.yaml. */
export const kafkaImage = "apache/kafka:4.3.1";

/** The commands that start a broker on this machine, and a gateway that uses it. */
export const startKafka: readonly string[] = [
  `docker run -d --name kafka -p 9092:9092 ${kafkaImage}`,
  "KAFKA_BROKERS=localhost:9092 npm start",
];
