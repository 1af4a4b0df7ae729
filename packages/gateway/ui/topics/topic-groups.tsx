import type { GroupLag, TopicView } from "../../src/console/topics/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countedText, countText } from "../parts/format.ts";
import { Empty } from "../parts/states.tsx";
import { viewUrl } from "../shell/router.ts";
import { GroupState, Lag } from "./group-list.tsx";

/** The consumer groups of a topic, with their lag by partition. */
export function TopicGroups({ topic: { groups, name } }: { topic: TopicView }) {
  if (groups.length === 0)
    return (
      <Empty title="No consumer group has read this topic.">
        <p>
          The kafka-connector reads it for functions with the annotation <code>topic: {name}</code>.
        </p>
      </Empty>
    );
  return (
    <>
      {groups.map((group) => (
        <section class="panel" key={group.group} aria-label={group.group}>
          <div class="head">
            <h2>
              <a href={viewUrl(["topics", "~groups", group.group])}>{group.group}</a>
            </h2>
            <p class="quiet">
              <GroupState state={group.state} /> · {countedText(group.members, "member")} · lag{" "}
              <Lag lag={group.lag} />
            </p>
          </div>
          <DataTable
            caption={`Lag of ${group.group} by partition`}
            columns={columns}
            rows={group.partitions}
            rowKey={({ partition }) => partition}
          />
        </section>
      ))}
    </>
  );
}

const columns: readonly Column<GroupLag["partitions"][number]>[] = [
  { head: "Partition", cell: ({ partition }) => partition, isNumber: true },
  { head: "Next offset", cell: ({ committed }) => countText(committed), isNumber: true },
  { head: "End", cell: ({ end }) => countText(end), isNumber: true },
  { head: "Lag", cell: ({ lag }) => <Lag lag={lag} />, isNumber: true },
  { head: "Read by", cell: ({ member }) => member ?? "no member" },
];
