import type { PartitionView, TopicSetting, TopicView } from "../../src/console/topics/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Figures } from "../parts/figures.tsx";
import { bytesText, countText } from "../parts/format.ts";
import { Tabs } from "../parts/tabs.tsx";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { KafkaQuery } from "./kafka-query.tsx";
import { LettersTab } from "./letters-tab.tsx";
import { MessagesTab } from "./messages-tab.tsx";
import { ProduceTab } from "./produce-tab.tsx";
import { TopicGroups } from "./topic-groups.tsx";
import { retentionText, toDeadLetterTopic } from "./topic-texts.ts";

const intervalMs = 5_000;

const tabs = [
  ["", "Messages"],
  ["dead-letters", "Dead letters"],
  ["partitions", "Partitions"],
  ["groups", "Consumer groups"],
  ["settings", "Settings"],
  ["produce", "Produce"],
] as const;

/** `/ui/topics/NAME`, and its tabs below that. */
export function TopicPage({ name, tab, query }: { name: string; tab: string; query: URLSearchParams }) {
  const topicQuery = useQuery<TopicView>(`topics/${encodeURIComponent(name)}`, { intervalMs });
  return (
    <>
      <p class="crumbs">
        <a href={viewUrl(["topics"])}>Topics</a>
      </p>
      <h1>{name}</h1>
      <KafkaQuery query={topicQuery}>
        {(topic) => (
          <>
            <TopicFigures topic={topic} />
            <Tabs
              label="Topic"
              tabs={tabs.map(([path, title]) => ({
                title,
                href: viewUrl(path === "" ? ["topics", name] : ["topics", name, path]),
                isCurrent: path === tab,
              }))}
            />
            <Tab topic={topic} tab={tab} query={query} />
          </>
        )}
      </KafkaQuery>
    </>
  );
}

function Tab({ topic, tab, query }: { topic: TopicView; tab: string; query: URLSearchParams }) {
  switch (tab) {
    case "partitions":
      return (
        <section class="panel" aria-label="Partitions">
          <DataTable
            caption="Partitions"
            columns={partitionColumns(topic.name)}
            rows={topic.partitionList}
            rowKey={({ partition }) => partition}
          />
        </section>
      );
    case "groups":
      return <TopicGroups topic={topic} />;
    case "settings":
      return (
        <section class="panel" aria-label="Settings">
          <DataTable
            caption="Settings"
            columns={settingColumns}
            rows={[...topic.settings].sort((a, b) => Number(b.isOwn) - Number(a.isOwn))}
            rowKey={({ name }) => name}
          />
        </section>
      );
    case "produce":
      return <ProduceTab topic={topic} />;
    case "dead-letters":
      return <LettersTab topic={toDeadLetterTopic(topic.name)} query={query} />;
    default:
      return <MessagesTab topic={topic} query={query} />;
  }
}

function TopicFigures({ topic }: { topic: TopicView }) {
  const { bytes, cleanupPolicy, groups, messages, partitions, replicas, retentionMs } = topic;
  const lag = groups.reduce((most, group) => Math.max(most, group.lag), 0);
  return (
    <Figures
      figures={[
        ["Messages", countText(messages)],
        ["Size", bytes === null ? "unknown" : bytesText(bytes)],
        ["Partitions", countText(partitions)],
        ["Replicas", countText(replicas)],
        ["Retention", cleanupPolicy === "compact" ? "latest of each key" : retentionText(retentionMs)],
        ["Largest lag", groups.length === 0 ? "no groups" : countText(lag)],
      ]}
    />
  );
}

function partitionColumns(topic: string): readonly Column<PartitionView>[] {
  return [
    {
      head: "Partition",
      cell: ({ partition }) => <a href={viewUrl(["topics", topic], { partition })}>{partition}</a>,
      isNumber: true,
    },
    { head: "Messages", cell: ({ end, start }) => countText(end - start), isNumber: true },
    { head: "First offset", cell: ({ start }) => countText(start), isNumber: true },
    { head: "Next offset", cell: ({ end }) => countText(end), isNumber: true },
    { head: "Size", cell: ({ bytes }) => (bytes === null ? "unknown" : bytesText(bytes)), isNumber: true },
    {
      head: "Leader",
      cell: ({ leader }) => (leader < 0 ? <span class="bad">none</span> : leader),
      isNumber: true,
    },
    { head: "Replicas", cell: ({ replicas }) => replicas.join(", ") },
    {
      head: "In sync",
      cell: ({ inSync, replicas }) => (
        <span class={inSync.length < replicas.length ? "bad" : undefined}>{inSync.join(", ")}</span>
      ),
    },
  ];
}

const settingColumns: readonly Column<TopicSetting>[] = [
  { head: "Setting", cell: ({ name }) => <code>{name}</code> },
  { head: "Value", cell: ({ value }) => (value === null ? "hidden" : <code>{value}</code>) },
  { head: "From", cell: ({ isOwn }) => (isOwn ? <strong>the topic</strong> : "default") },
];
