import type { TopicSummary, TopicsView } from "../../src/console/topics/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Field } from "../parts/field.tsx";
import { bytesText, countedText, countText } from "../parts/format.ts";
import { Empty } from "../parts/states.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { setQuery, viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { KafkaQuery } from "./kafka-query.tsx";
import { retentionText } from "./topic-texts.ts";

const intervalMs = 5_000;

/** `/ui/topics`: all topics. The filters are in the query string. */
export function TopicList({ query }: { query: URLSearchParams }) {
  const topicsQuery = useQuery<TopicsView>("topics", { intervalMs });
  const text = query.get("q") ?? "";
  const showsInternal = query.get("internal") === "1";
  return (
    <>
      <h1>Topics</h1>
      <ViewTabs current="topics" />
      <KafkaQuery query={topicsQuery}>
        {({ topics }) => {
          const shown = topics.filter(
            ({ isInternal, name }) => (showsInternal || !isInternal) && name.includes(text),
          );
          return (
            <section class="panel" aria-label="Topics">
              <div class="row topics-filters">
                <Field label="Name contains">
                  <input
                    type="search"
                    value={text}
                    onInput={({ currentTarget }) => setQuery({ q: currentTarget.value })}
                  />
                </Field>
                <label class="topics-check">
                  <input
                    type="checkbox"
                    checked={showsInternal}
                    onChange={({ currentTarget }) =>
                      setQuery({ internal: currentTarget.checked ? 1 : undefined })
                    }
                  />
                  Kafka's internal topics
                </label>
                <p class="quiet topics-total" role="status">
                  {countedText(shown.length, "topic")}
                </p>
              </div>
              {shown.length === 0 ? (
                <NoTopics hasTopics={topics.length > 0} />
              ) : (
                <DataTable caption="Topics" columns={columns} rows={shown} rowKey={({ name }) => name} />
              )}
            </section>
          );
        }}
      </KafkaQuery>
    </>
  );
}

function NoTopics({ hasTopics }: { hasTopics: boolean }) {
  if (hasTopics) return <Empty title="No topic matches." />;
  return (
    <Empty title="Kafka has no topics yet.">
      <p>
        In a cluster, the job <code>kafka-topics</code> creates those of the platform.
      </p>
    </Empty>
  );
}

/** The tabs for topics and consumer groups. */
export function ViewTabs({ current }: { current: "topics" | "groups" }) {
  return (
    <Tabs
      label="Kafka"
      tabs={[
        { title: "Topics", href: viewUrl(["topics"]), isCurrent: current === "topics" },
        { title: "Consumer groups", href: viewUrl(["topics", "~groups"]), isCurrent: current === "groups" },
      ]}
    />
  );
}

const columns: readonly Column<TopicSummary>[] = [
  {
    head: "Topic",
    cell: ({ name, holdsDeadLetters, messages }) => (
      <a
        href={viewUrl(holdsDeadLetters ? ["topics", name, "dead-letters"] : ["topics", name])}
        class={holdsDeadLetters && messages > 0 ? "warn" : undefined}
      >
        {name}
      </a>
    ),
  },
  { head: "Messages", cell: ({ messages }) => countText(messages), isNumber: true },
  { head: "Size", cell: ({ bytes }) => (bytes === null ? "unknown" : bytesText(bytes)), isNumber: true },
  {
    head: "Partitions",
    cell: ({ partitions, outOfSync }) =>
      outOfSync === 0 ? (
        countText(partitions)
      ) : (
        <span class="bad">
          {countText(partitions)}, {outOfSync} out of sync
        </span>
      ),
    isNumber: true,
  },
  { head: "Replicas", cell: ({ replicas }) => countText(replicas), isNumber: true },
  {
    head: "Retention",
    cell: ({ cleanupPolicy, retentionMs }) =>
      cleanupPolicy === "compact" ? "latest of each key" : retentionText(retentionMs),
  },
  { head: "Cleanup", cell: ({ cleanupPolicy }) => cleanupPolicy ?? "unknown" },
];
