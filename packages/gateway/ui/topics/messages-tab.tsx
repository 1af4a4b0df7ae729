import type { MessagesView, TopicView } from "../../src/console/topics/view.ts";
import { countedText, countText } from "../parts/format.ts";
import { Empty } from "../parts/states.tsx";
import { setQuery, viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { KafkaQuery } from "./kafka-query.tsx";
import { LiveMessages } from "./live-messages.tsx";
import { MessageFilters } from "./message-filters.tsx";
import { MessageList } from "./message-list.tsx";

const apiParameters = ["from", "partition", "offset", "time", "limit", "contains", "cursor"] as const;

/** A page of a topic's messages, or live messages. The filters are in the query string. */
export function MessagesTab({ topic, query }: { topic: TopicView; query: URLSearchParams }) {
  const partition = query.get("partition") ?? "";
  return (
    <section class="panel" aria-label="Messages">
      <MessageFilters topic={topic} query={query} />
      {query.get("live") === "1" ? (
        <LiveMessages key={partition} topic={topic.name} partition={partition} />
      ) : (
        <MessagePages topic={topic} query={query} />
      )}
    </section>
  );
}

function MessagePages({ topic: { name }, query }: { topic: TopicView; query: URLSearchParams }) {
  const parameters = new URLSearchParams();
  for (const parameter of apiParameters) {
    const value = query.get(parameter);
    if (value) parameters.set(parameter, value);
  }
  const from = query.get("from") ?? "newest";
  if (from !== "time") parameters.delete("time");
  if (from !== "offset") parameters.delete("offset");
  // The user may not have entered the start position yet.
  const isOpen = (from === "time" && !query.get("time")) || (from === "offset" && !query.get("offset"));
  const path = `topics/${encodeURIComponent(name)}/messages?${parameters}`;
  const messages = useQuery<MessagesView>(isOpen ? undefined : path);
  if (isOpen) return <p class="quiet">Enter {from === "time" ? "a time" : "a partition and an offset"}.</p>;
  return (
    <KafkaQuery query={messages}>
      {(page) => (
        <>
          <PageSummary page={page} name={name} query={query} />
          {page.messages.length > 0 && <MessageList topic={name} messages={page.messages} />}
          <div class="row">
            {page.cursor !== null && (
              <button
                type="button"
                class={page.isCutShort ? "main" : undefined}
                onClick={() => setQuery({ cursor: page.cursor! }, { replace: false })}
              >
                {page.isCutShort ? "Search on" : from === "newest" ? "Older" : "Later"}
              </button>
            )}
            {query.has("cursor") && (
              <button type="button" onClick={() => setQuery({ cursor: undefined }, { replace: false })}>
                To the first page
              </button>
            )}
            <button type="button" disabled={messages.isLoading} onClick={messages.reload}>
              Reload
            </button>
          </div>
        </>
      )}
    </KafkaQuery>
  );
}

function PageSummary({ page, name, query }: { page: MessagesView; name: string; query: URLSearchParams }) {
  const { cursor, isCutShort, messages, read } = page;
  if (isCutShort)
    return (
      <p role="status">
        {countedText(messages.length, "message")} among the {countText(read)} that were read in the time of a
        page. There are more.
      </p>
    );
  if (messages.length > 0)
    return (
      <p class="quiet" role="status">
        {countedText(messages.length, "message")}
        {cursor === null && ", to the end"}
      </p>
    );
  if (query.get("contains")) return <Empty title="No message contains this text." />;
  return (
    <Empty title="There are no messages here.">
      <p>
        Messages of open transactions appear after their commit.{" "}
        <a href={viewUrl(["topics", name], { live: 1 })}>Follow new messages</a>, or{" "}
        <a href={viewUrl(["topics", name, "produce"])}>produce one</a>.
      </p>
    </Empty>
  );
}
