import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { elasticsearch } from "./boards/elasticsearch.ts";
import { ethereum } from "./boards/ethereum.ts";
import { functions } from "./boards/functions.ts";
import { kafka } from "./boards/kafka.ts";
import { platform } from "./boards/platform.ts";

/** The boards by the name of their file. */
export function boards(): ReadonlyMap<string, Dashboard> {
  return new Map([
    ["platform", platform()],
    ["functions", functions()],
    ["ethereum", ethereum()],
    ["kafka", kafka()],
    ["elasticsearch", elasticsearch()],
  ]);
}

/** The files that `npm run manifests` renders for Grafana; paths are relative to the repo's folder. */
export function renderBoards(): { path: string; text: string }[] {
  return [...boards()].map(([name, board]) => ({
    path: `deploy/monitoring/grafana/boards/${name}.json`,
    text: `${JSON.stringify(board, null, 2)}\n`,
  }));
}
