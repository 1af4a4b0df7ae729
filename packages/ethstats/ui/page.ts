import { find, setText } from "@platform/shared/ui/dom";
import { createBlockCharts } from "./block-charts.ts";
import { connect } from "./connection.ts";
import { showLinks } from "./links.ts";
import { createMiners } from "./miners.ts";
import { createNodeTable } from "./node-table.ts";
import { createPropagationHistogram } from "./propagation.ts";
import { NetworkState } from "./state.ts";
import { summarize } from "./summary.ts";
import { createThemeSwitch } from "./theme-switch.ts";
import { showTiles } from "./tiles.ts";

const agesEveryMs = 1_000;

const state = new NetworkState();
const charts = find("#charts");
// Not every browser makes scrollable elements focusable.
find("#block-table").tabIndex = 0;
const showBlockCharts = createBlockCharts(charts);
const showPropagation = createPropagationHistogram(charts);
const showMiners = createMiners(charts);
const showNodes = createNodeTable(find("#node-table"));

let requested = false;
let shownBest: number | null = null;
let agesDue = true;

/** Shows everything that has changed, at most once a frame. */
function requestUpdate(): void {
  if (requested) return;
  requested = true;
  requestAnimationFrame(() => {
    requested = false;
    update();
  });
}

function update(): void {
  const summary = summarize(state.nodes.values(), state.blocks);
  const best = summary.best?.number ?? null;
  showTiles(summary, state);
  showPropagation(summary.propagation);
  if (state.blocksChanged) {
    const { blocks } = state;
    find("#no-blocks").hidden = blocks.length > 0;
    find("#blocks").hidden = blocks.length === 0;
    showBlockCharts(blocks, { hasDifficulty: summary.consensus === "proof of work" });
    showMiners(blocks, summary.consensus);
  }
  showNodes(state, { best, now: state.now }, agesDue || best !== shownBest);
  shownBest = best;
  agesDue = false;
  state.clearChanges();
}

createThemeSwitch(find("#theme"));
void showLinks();
connect({
  snapshot(view) {
    state.replace(view);
    requestUpdate();
  },
  nodes(nodes) {
    state.update(nodes);
    requestUpdate();
  },
  forgotten({ name }) {
    state.forget(name);
    requestUpdate();
  },
  blocks(blocks) {
    state.setBlocks(blocks);
    requestUpdate();
  },
  connection(live) {
    setText(find("#connection"), live ? "live" : "connection lost, reconnecting …");
    find("#connection").classList.toggle("lost", !live);
    find("#connection").classList.toggle("live", live);
  },
});

setInterval(() => {
  agesDue = true;
  requestUpdate();
}, agesEveryMs);
