import type { MessageView } from "../../src/console/topics/view.ts";
import { dateTimeText } from "../parts/format.ts";
import { RelativeTime } from "../parts/relative-time.tsx";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { KafkaQuery } from "./kafka-query.tsx";
import { MessageContent } from "./message-content.tsx";

/** `/ui/topics/NAME/messages/PARTITION/OFFSET` */
export function MessagePage({
  topic,
  partition,
  offset,
}: {
  topic: string;
  partition: string;
  offset: string;
}) {
  const path = ["topics", topic, "messages", partition, offset].map(encodeURIComponent).join("/");
  const messageQuery = useQuery<MessageView>(path);
  const offsetNumber = Number(offset);
  return (
    <>
      <p class="crumbs">
        <a href={viewUrl(["topics"])}>Topics</a> / <a href={viewUrl(["topics", topic])}>{topic}</a>
      </p>
      <h1>
        Partition {partition}, offset {offset}
      </h1>
      <p class="row">
        {offsetNumber > 0 && (
          <a href={viewUrl(["topics", topic, "messages", partition, offsetNumber - 1])}>Previous offset</a>
        )}
        <a href={viewUrl(["topics", topic, "messages", partition, offsetNumber + 1])}>Next offset</a>
        <a href={viewUrl(["topics", topic], { from: "offset", partition, offset })}>Messages from here</a>
      </p>
      <KafkaQuery query={messageQuery}>
        {(message) => (
          <section class="panel" aria-label="Message">
            {message.time !== null && (
              <p class="quiet">
                Written <RelativeTime time={message.time} />, {dateTimeText(message.time)}
              </p>
            )}
            <MessageContent topic={topic} message={message} isWhole />
          </section>
        )}
      </KafkaQuery>
    </>
  );
}
