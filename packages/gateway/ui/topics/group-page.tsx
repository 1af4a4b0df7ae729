import type { GroupView } from "../../src/console/topics/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Figures } from "../parts/figures.tsx";
import { countText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { Empty } from "../parts/states.tsx";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { GroupState, Lag } from "./group-list.tsx";
import { KafkaQuery } from "./kafka-query.tsx";

const intervalMs = 5_000;

/** `/ui/topics/~groups/NAME` */
export function GroupPage({ name }: { name: string }) {
  const group = useQuery<GroupView>(`topics/~groups/${encodeURIComponent(name)}`, { intervalMs });
  return (
    <>
      <p class="crumbs">
        <a href={viewUrl(["topics", "~groups"])}>Consumer groups</a>
      </p>
      <h1>{name}</h1>
      <KafkaQuery query={group}>
        {({ lag, lags, memberList, members, protocol, state }) => (
          <>
            <Figures
              figures={[
                ["Lag", <Lag key="lag" lag={lag} />],
                ["State", <GroupState key="state" state={state} />],
                ["Members", countText(members)],
                ["Assignment", protocol === "" ? "none" : protocol],
              ]}
            />
            <Panel title="Lag by partition">
              {lags.length === 0 ? (
                <Empty title="The group has committed no offsets." />
              ) : (
                <DataTable
                  caption="Lag by partition"
                  columns={lagColumns}
                  rows={lags}
                  rowKey={({ partition, topic }) => `${topic}/${partition}`}
                />
              )}
            </Panel>
            <Panel title="Members">
              {memberList.length === 0 ? (
                <Empty title="The group has no members now." />
              ) : (
                <DataTable
                  caption="Members"
                  columns={memberColumns}
                  rows={memberList}
                  rowKey={({ id }) => id}
                />
              )}
            </Panel>
          </>
        )}
      </KafkaQuery>
    </>
  );
}

const lagColumns: readonly Column<GroupView["lags"][number]>[] = [
  { head: "Topic", cell: ({ topic }) => <a href={viewUrl(["topics", topic])}>{topic}</a> },
  { head: "Partition", cell: ({ partition }) => partition, isNumber: true },
  {
    head: "Next offset",
    cell: ({ committed, partition, topic }) => (
      <a href={viewUrl(["topics", topic], { from: "offset", partition, offset: committed })}>
        {countText(committed)}
      </a>
    ),
    isNumber: true,
  },
  { head: "End", cell: ({ end }) => countText(end), isNumber: true },
  { head: "Lag", cell: ({ lag }) => <Lag lag={lag} />, isNumber: true },
];

const memberColumns: readonly Column<GroupView["memberList"][number]>[] = [
  { head: "Client", cell: ({ client }) => client },
  { head: "Host", cell: ({ host }) => host },
  { head: "Partitions", cell: ({ partitions }) => partitions.join(", ") || "none" },
];
