import { board, type Row } from "../board.ts";
import { inNamespace, orZero, percentile, rateBy } from "../expressions.ts";
import { lines, number } from "../panels.ts";

const sinceLastBlock = `time() - max(${inNamespace("ethstats_last_block_timestamp_seconds")})`;

const state: Row = {
  title: "Does the chain grow?",
  panels: [
    number({
      title: "What is the highest block?",
      unit: "none",
      queries: [{ expr: `max(${inNamespace("ethstats_best_block")})`, legend: "block" }],
    }),
    number({
      title: "How long ago was the highest block reported?",
      unit: "s",
      badFrom: 60,
      queries: [{ expr: sinceLastBlock, legend: "age" }],
    }),
    number({
      title: "How many accounts produce blocks?",
      description: "Distinct producers of the last 50 blocks.",
      unit: "short",
      badBelow: 1,
      queries: [{ expr: `max(${inNamespace("ethstats_block_producers")})`, legend: "producers" }],
    }),
    number({
      title: "How many nodes are online?",
      unit: "short",
      badBelow: 1,
      queries: [{ expr: `max(${inNamespace("ethstats_nodes", 'state="online"')})`, legend: "online" }],
    }),
    number({
      title: "How many nodes are offline?",
      unit: "short",
      badFrom: 1,
      queries: [{ expr: `max(${inNamespace("ethstats_nodes", 'state="offline"')})`, legend: "offline" }],
    }),
    number({
      title: "How many boot nodes are known?",
      unit: "short",
      badBelow: 1,
      queries: [{ expr: `max(${inNamespace("bootnode_registrar_bootnodes")})`, legend: "boot nodes" }],
    }),
  ],
};

const chain: Row = {
  title: "Chain",
  panels: [
    lines({
      title: "What is the head block of each node?",
      unit: "none",
      queries: [{ expr: inNamespace("chain_head_block"), legend: "{{pod}}" }],
    }),
    lines({
      title: "How many blocks does each node import?",
      unit: "ops",
      queries: [{ expr: `rate(${inNamespace("chain_head_block")}[$__rate_interval])`, legend: "{{pod}}" }],
    }),
    lines({
      title: "How many seconds since the last block?",
      unit: "s",
      queries: [{ expr: sinceLastBlock, legend: "age" }],
    }),
    lines({
      title: "How often do nodes change to another branch?",
      unit: "ops",
      queries: [
        { expr: `rate(${inNamespace("chain_reorg_executes")}[$__rate_interval])`, legend: "{{pod}}" },
      ],
    }),
  ],
};

const nodes: Row = {
  title: "Nodes",
  panels: [
    lines({
      title: "How many peers does each node have?",
      unit: "short",
      queries: [{ expr: inNamespace("p2p_peers"), legend: "{{pod}}" }],
    }),
    lines({
      title: "How many transactions wait?",
      unit: "short",
      queries: [
        { expr: inNamespace("txpool_pending"), legend: "{{pod}} executable" },
        { expr: inNamespace("txpool_queued"), legend: "{{pod}} behind a nonce gap" },
      ],
    }),
    lines({
      title: "How many JSON-RPC calls do nodes answer?",
      unit: "reqps",
      queries: [
        { expr: `rate(${inNamespace("rpc_success")}[$__rate_interval])`, legend: "{{pod}}" },
        { expr: `rate(${inNamespace("rpc_failure")}[$__rate_interval])`, legend: "{{pod}} failed" },
      ],
    }),
    lines({
      title: "How long do 95 % of the functions' JSON-RPC calls take?",
      unit: "s",
      queries: [
        {
          expr: percentile(0.95, "ethereum_rpc_call_duration_seconds", inNamespace, "method"),
          legend: "{{method}}",
        },
      ],
    }),
    lines({
      title: "How much memory does Geth hold?",
      unit: "bytes",
      queries: [{ expr: inNamespace("system_memory_held"), legend: "{{pod}}" }],
    }),
    lines({
      title: "What does Ethstats refuse?",
      unit: "ops",
      queries: [
        {
          expr: orZero(rateBy("reason", inNamespace("ethstats_messages_refused_total"))),
          legend: "{{reason}}",
        },
      ],
    }),
  ],
};

/** Blocks and nodes of the chain. */
export const ethereum = () =>
  board({
    name: "ethereum",
    title: "Ethereum",
    description: "Does the chain grow, and are its nodes healthy?",
    rows: [state, chain, nodes],
  });
