// The page: reads api/events and shows what comes. What nodes send goes into the page as text, never as HTML.

const find = (selector) => document.querySelector(selector);
const chart = find("#chart svg");
const bars = find("#chart g");
const table = find("table");
const body = find("tbody");
const columns = [...document.querySelectorAll("thead th")];

/** What is known: nodes by name, and the end of the chain. */
const nodes = new Map();
let blocks = [];
/** How far the server's clock is ahead of this one, in milliseconds. */
let ahead = 0;
/** The row of each node. */
const rows = new Map();

function listen() {
  const events = new EventSource("api/events");
  const on = (name, take) =>
    events.addEventListener(name, ({ data }) => {
      take(JSON.parse(data));
      show();
    });
  on("snapshot", (all) => {
    ahead = Date.parse(all.time) - Date.now();
    nodes.clear();
    for (const node of all.nodes) nodes.set(node.name, node);
    blocks = all.blocks;
    showChart();
  });
  on("node", (node) => nodes.set(node.name, node));
  on("forgotten", ({ name }) => nodes.delete(name));
  on("blocks", (list) => {
    blocks = list;
    showChart();
  });
  events.addEventListener("open", () => showConnection("live", false));
  events.addEventListener("error", () => {
    showConnection("connection lost, trying again …", true);
    // It tries again by itself, unless the server has refused it.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  });
}

function showConnection(text, lost) {
  put(find("#connection"), text);
  find("#connection").classList.toggle("lost", lost);
}

function show() {
  const list = [...nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const online = list.filter((node) => node.online);
  const heads = online.map((node) => node.block).filter((block) => block !== null);
  const best = heads.length === 0 ? null : Math.max(...heads.map((block) => block.number));
  const first = heads
    .filter((block) => block.number === best)
    .map((block) => block.received)
    .sort()[0];
  put(find("#best"), best ?? "–");
  put(find("#last"), first === undefined ? "–" : `${since(first)} ago`);
  put(find("#online"), list.length === 0 ? "–" : `${online.length} of ${list.length}`);
  find("#no-nodes").hidden = list.length > 0;
  table.hidden = list.length === 0;
  for (const [name, row] of rows) {
    if (nodes.has(name)) continue;
    row.remove();
    rows.delete(name);
  }
  list.forEach((node, index) => {
    const row = rows.get(node.name) ?? newRow(node.name);
    if (body.children[index] !== row) body.insertBefore(row, body.children[index] ?? null);
    fill(row, node, best);
  });
}

function newRow(name) {
  const row = document.createElement("tr");
  for (const [index, column] of columns.entries()) {
    const cell = document.createElement(index === 0 ? "th" : "td");
    if (index === 0) cell.scope = "row";
    cell.className = column.className;
    cell.dataset.label = column.textContent;
    row.append(cell);
  }
  giveRoles(row);
  rows.set(name, row);
  return row;
}

const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

/** On a narrow screen the style makes cards of the rows, and a table without roles is no table then. */
function giveRoles(element) {
  const header = element.scope === "row" ? "rowheader" : "columnheader";
  element.setAttribute("role", roles[element.tagName] ?? header);
  for (const child of element.children) giveRoles(child);
}

function fill(row, node, best) {
  const [name, state, client, peers, block, age, miner, mining, latency] = row.children;
  row.classList.toggle("away", !node.online);
  put(name, node.name);
  state.className = node.online ? "online" : "offline";
  put(state, node.online ? (node.syncing ? "syncing" : "online") : `offline ${since(node.since)}`);
  put(client, shortClient(node.client), node.client);
  put(peers, node.peers ?? "–");
  put(block, node.block === null ? "–" : `${node.block.number}${behind(node, best)}`, node.block?.hash);
  put(age, node.block === null ? "–" : since(node.block.received));
  put(miner, shortHash(node.block?.miner), node.block?.miner);
  put(mining, node.mining === null ? "–" : node.mining ? "yes" : "no");
  put(latency, node.latency === null ? "–" : `${node.latency} ms`);
}

/** Changes only what differs, so that a selection stays. */
function put(element, value, title) {
  const text = String(value);
  if (element.textContent !== text) element.textContent = text;
  if (title && element.title !== title) element.title = title;
}

function showChart() {
  const timed = blocks.filter((block) => block.seconds !== null);
  find("#no-blocks").hidden = timed.length > 0;
  find("#chart").hidden = timed.length === 0;
  bars.replaceChildren();
  put(find("#mean"), "–");
  if (timed.length === 0) return;
  const seconds = timed.map((block) => block.seconds);
  const longest = Math.max(1, ...seconds);
  const mean = seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
  const width = 500 / timed.length;
  bars.append(...timed.map((block, index) => bar(block, index * width, width, longest)));
  const [first, last] = [timed[0].number, timed.at(-1).number];
  const text = `longest ${Math.max(...seconds)} s`;
  chart.setAttribute("aria-label", `Blocks ${first} to ${last}: ${mean.toFixed(1)} s on average, ${text}`);
  put(find("#mean"), `${mean.toFixed(1)} s`);
  put(find("#first-block"), first);
  put(find("#longest"), text);
  put(find("#last-block"), last);
}

function bar({ number, seconds, transactions }, x, width, longest) {
  const svg = "http://www.w3.org/2000/svg";
  const rect = document.createElementNS(svg, "rect");
  const height = Math.max(1, (100 * seconds) / longest);
  const shape = { x: x + width * 0.1, width: width * 0.8, y: 100 - height, height };
  for (const [name, value] of Object.entries(shape)) rect.setAttribute(name, value.toFixed(2));
  const title = document.createElementNS(svg, "title");
  title.textContent = `Block ${number}: ${seconds} s, ${transactions ?? "?"} transactions`;
  rect.append(title);
  return rect;
}

function since(time) {
  const seconds = Math.max(0, Math.round((Date.now() + ahead - Date.parse(time)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

function behind(node, best) {
  return node.online && node.block.number < best ? ` (−${best - node.block.number})` : "";
}

function shortHash(hash) {
  return hash ? `${hash.slice(0, 6)}…${hash.slice(-4)}` : "–";
}

/** "Geth/name/v1.13.15-stable/linux-amd64/go1.22" as "Geth 1.13.15". */
function shortClient(client) {
  const [, name, version] = /^([^/]+)\/(?:.*\/)?v?(\d+\.\d+\.\d+)/.exec(client ?? "") ?? [];
  return name ? `${name} ${version}` : (client ?? "–");
}

giveRoles(table);
listen();
setInterval(show, 1000);
