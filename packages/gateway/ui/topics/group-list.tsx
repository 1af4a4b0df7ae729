import type { GroupSummary, GroupsView } from "../../src/console/topics/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countText } from "../parts/format.ts";
import { Empty } from "../parts/states.tsx";
import { viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { KafkaQuery } from "./kafka-query.tsx";
import { ViewTabs } from "./topic-list.tsx";

const intervalMs = 5_000;

/** `/ui/topics/~groups`: all consumer groups. */
export function GroupList() {
  const groupsQuery = useQuery<GroupsView>("topics/~groups", { intervalMs });
  return (
    <>
      <h1>Consumer groups</h1>
      <ViewTabs current="groups" />
      <KafkaQuery query={groupsQuery}>
        {({ groups }) =>
          groups.length === 0 ? (
            <Empty title="Kafka has no consumer groups yet.">
              <p>The kafka-connector creates one for each of its topics and functions.</p>
            </Empty>
          ) : (
            <section class="panel" aria-label="Consumer groups">
              <DataTable
                caption="Consumer groups"
                columns={columns}
                rows={groups}
                rowKey={({ group }) => group}
              />
            </section>
          )
        }
      </KafkaQuery>
    </>
  );
}

/** The state of a group with a colour. */
export function GroupState({ state }: { state: string }) {
  const meaning = state === "Stable" ? "up" : state === "Dead" ? "down" : "even";
  return <span class={meaning}>{state.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase()}</span>;
}

/** The consumer lag of a group. */
export function Lag({ lag }: { lag: number }) {
  return <span class={lag === 0 ? undefined : "warn"}>{countText(lag)}</span>;
}

const columns: readonly Column<GroupSummary>[] = [
  { head: "Group", cell: ({ group }) => <a href={viewUrl(["topics", "~groups", group])}>{group}</a> },
  { head: "State", cell: ({ state }) => <GroupState state={state} /> },
  { head: "Members", cell: ({ members }) => countText(members), isNumber: true },
  { head: "Lag", cell: ({ lag }) => <Lag lag={lag} />, isNumber: true },
  { head: "Topics", cell: ({ topics }) => topics.join(", ") },
];
