import { type Request, type Response, Router } from "express";
import { handle } from "../handle-request.ts";
import type { ChainNode, ChainNodes } from "./chain-nodes.ts";
import { maxBlockNumber, readAddress, readHash, readNumber, requireKnown } from "./ethereum-parameters.ts";
import { readEthstatsNodes } from "./ethstats-nodes.ts";
import { readAddressView } from "./read-address.ts";
import { readBlock, readBlocks } from "./read-blocks.ts";
import { readConsensus } from "./read-consensus.ts";
import { readNetwork } from "./read-network.ts";
import { readTransaction } from "./read-transaction.ts";
import { searchChain } from "./search-chain.ts";

/** The URLs of the Ethstats server. */
export interface EthstatsLinks {
  /** ETHSTATS_URL: the URL for the gateway. */
  url: string | undefined;
  /** ETHSTATS_PAGE: the URL of the page, for users. */
  page: string | undefined;
}

/** The data sources of the view. */
export interface EthereumRouteOptions {
  /** Returns the nodes. @throws PlatformError without a chain */
  nodes(): ChainNodes;
  ethstats(): EthstatsLinks;
}

const defaultBlocks = 25;
const maxBlocks = 100;
const searchedBlocks = 100;
const maxSearchedBlocks = 1_000;
const anyBlock = { min: 1, max: maxBlockNumber };

/** Answers a request with the result of a query to a node. */
type Answer = (node: ChainNode, request: Request, signal: AbortSignal) => Promise<object>;

/** `/ui/api/ethereum/…`: blocks, transactions, addresses and consensus of the chain. view.ts has the types of the answers. */
export function ethereumRoutes({ nodes, ethstats }: EthereumRouteOptions): Router {
  const router = Router();
  const get = (path: string, allowed: readonly string[], answer: Answer) =>
    router.get(path, (request, response, next) => {
      respond(response, next, async (signal) => {
        requireKnown(request.query, allowed);
        return nodes().query((node) => answer(node, request, signal));
      });
    });

  get("/network", [], async (node) => {
    const { url, page } = ethstats();
    return { ...(await readNetwork(node)), hasEthstats: url !== undefined, ethstatsPage: page ?? null };
  });
  get("/blocks", ["before", "limit"], (node, { query }) =>
    readBlocks(node, {
      before: readNumber(query, "before", anyBlock),
      limit: readNumber(query, "limit", { min: 1, max: maxBlocks }) ?? defaultBlocks,
    }),
  );
  get("/block/:id", ["from"], (node, { params, query }) =>
    readBlock(node, params.id!, readNumber(query, "from", { min: 0, max: 1_000_000 }) ?? 0),
  );
  get("/transaction/:hash", [], (node, { params }) => readTransaction(node, readHash(params.hash!)));
  get("/address/:address", ["blocks", "before"], (node, { params, query }, signal) =>
    readAddressView(node, {
      address: readAddress(params.address!),
      blocks: readNumber(query, "blocks", { min: 1, max: maxSearchedBlocks }) ?? searchedBlocks,
      before: readNumber(query, "before", anyBlock),
      signal,
    }),
  );
  get("/search", ["q"], (node, { query }) => searchChain(node, String(query.q ?? "")));
  get("/consensus", [], readConsensus);
  router.get("/nodes", (request, response, next) => {
    respond(response, next, async (signal) => {
      requireKnown(request.query, []);
      return readEthstatsNodes(ethstats().url, signal);
    });
  });
  return router;
}

function respond(
  response: Response,
  next: (error: unknown) => void,
  answer: (signal: AbortSignal) => Promise<object>,
): void {
  handle(response, next, async (signal) => {
    const body = await answer(signal);
    if (!signal.aborted) response.set("cache-control", "no-store").json(body);
  });
}
