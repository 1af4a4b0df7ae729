import type { ComponentType } from "preact";
import { DocumentsView } from "../documents/documents-view.tsx";
import { EthereumView } from "../ethereum/ethereum-view.tsx";
import { FunctionsView } from "../functions/functions-view.tsx";
import { HealthView } from "../health/health-view.tsx";
import { OverviewView } from "../overview/overview-view.tsx";
import { TopicsView } from "../topics/topics-view.tsx";
import type { Route } from "./router.ts";
import type { ViewName } from "./view-name.ts";

/** A view of the console: the page below `/ui/NAME`. */
export interface View {
  /** The first segment of its path. */
  name: ViewName;
  title: string;
  Page: ComponentType<{ route: Route }>;
}

/** All views, in the order of the navigation. */
export const views: readonly View[] = [
  { name: "", title: "Overview", Page: OverviewView },
  { name: "documents", title: "Documents", Page: DocumentsView },
  { name: "topics", title: "Topics", Page: TopicsView },
  { name: "functions", title: "Functions", Page: FunctionsView },
  { name: "ethereum", title: "Ethereum", Page: EthereumView },
  { name: "health", title: "Health", Page: HealthView },
];
