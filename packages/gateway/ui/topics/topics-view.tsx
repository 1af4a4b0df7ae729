import type { Route } from "../shell/router.ts";
import { GroupList } from "./group-list.tsx";
import { GroupPage } from "./group-page.tsx";
import { MessagePage } from "./message-page.tsx";
import { TopicList } from "./topic-list.tsx";
import { TopicPage } from "./topic-page.tsx";

/** The view `/ui/topics`. `~groups` is not a legal name of a topic. */
export function TopicsView({ route }: { route: Route }) {
  const [name, tab = "", partition, offset] = route.path;
  if (name === undefined) return <TopicList query={route.query} />;
  if (name === "~groups") return tab === "" ? <GroupList /> : <GroupPage key={tab} name={tab} />;
  if (tab === "messages" && partition !== undefined && offset !== undefined)
    return <MessagePage topic={name} partition={partition} offset={offset} />;
  return <TopicPage key={name} name={name} tab={tab} query={route.query} />;
}
