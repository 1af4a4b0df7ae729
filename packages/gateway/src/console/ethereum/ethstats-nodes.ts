import { peerError, toHost } from "@platform/shared/clients/peer-error";
import { PeerBadAnswerError } from "@platform/shared/errors/peer-errors";
import { PlatformError } from "@platform/shared/errors/platform-error";
import * as v from "valibot";
import { NotConfiguredError } from "../not-configured-error.ts";
import type { EthstatsNode, EthstatsNodes } from "./view.ts";

const setting = "ETHSTATS_URL";
const timeoutMs = 3_000;
/** The limit of the answer: 500 nodes need less than a megabyte. */
const maxBytes = 5_000_000;

const number = v.fallback(v.nullable(v.number()), null);
const text = v.fallback(v.nullable(v.string()), null);
const flag = v.fallback(v.nullable(v.boolean()), null);
const reportedNode = v.object({
  name: v.string(),
  online: v.boolean(),
  client: text,
  peers: number,
  pending: number,
  latency: number,
  syncing: flag,
  block: v.fallback(v.nullable(v.object({ number: v.number(), received: v.string() })), null),
});
const report = v.object({ nodes: v.array(reportedNode) });

/**
 * Reads the nodes that report to an Ethstats server (packages/ethstats, `GET /api/nodes`).
 * @param url the URL of the server, such as http://ethstats:3000
 * @throws NotConfiguredError (404), and a PeerError that names ETHSTATS_URL
 */
export async function readEthstatsNodes(
  url: string | undefined,
  signal: AbortSignal,
): Promise<EthstatsNodes> {
  if (url === undefined) throw new NotConfiguredError({ setting });
  const host = toHost(url);
  try {
    const response = await fetch(new URL("api/nodes", url.endsWith("/") ? url : `${url}/`), {
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (!response.ok) throw new PeerBadAnswerError({ setting, host, cause: `status ${response.status}` });
    const { nodes } = v.parse(report, JSON.parse(await readText(response)));
    return { nodes: nodes.map(nodeView) };
  } catch (cause) {
    throw cause instanceof PlatformError ? cause : peerError({ setting, host }, cause);
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function nodeView({ latency, syncing, block, ...node }: v.InferOutput<typeof reportedNode>): EthstatsNode {
  return {
    ...node,
    syncing: syncing === true,
    latencyMs: latency,
    block: block?.number ?? null,
    blockReceived: block === null ? null : Date.parse(block.received),
  };
}
