import type { ComponentChildren } from "preact";
import { CopyButton } from "../parts/copyable.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import type { Query } from "../shell/use-query.ts";
import { startKafka } from "./kafka-image.ts";

/** Shows a query to Kafka, or instructions if Kafka is not configured. */
export function KafkaQuery<T>({
  query,
  children,
}: {
  query: Query<T>;
  children: (data: T) => ComponentChildren;
}) {
  if (query.error?.code === "not_configured") return <NoKafka />;
  return <Loaded query={query}>{children}</Loaded>;
}

function NoKafka() {
  return (
    <Empty title="No Kafka is configured.">
      <p>
        With Kafka, this view lists topics with their size, retention and partitions; shows and follows
        messages; shows how far consumer groups lag behind; and replays dead letters. Set{" "}
        <code>KAFKA_BROKERS</code> to its brokers. To start one on this machine:
      </p>
      {startKafka.map((command) => (
        <div key={command} class="topics-command">
          <pre>{command}</pre>
          <CopyButton text={command} />
        </div>
      ))}
    </Empty>
  );
}
