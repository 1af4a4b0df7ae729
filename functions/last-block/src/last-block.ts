import { Representation } from "@platform/shared/function/representation";
import type { BlockQuery } from "./block-query.ts";
import type { BlockReader } from "./block-reader.ts";
import { jsonOfFields } from "./write-block.ts";

/** What headers of a run have unless `fields` says otherwise. */
const usualFields = ["delta", "number", "timestamp"];

/**
 * The block as web3.py gives it, or the run of headers that ends there. Its entity tag is the block's hash.
 * @throws InvalidQueryError (400), BlockNotFoundError (404), PeerBadAnswerError (502), PeerUnavailableError (503),
 * PeerTimeoutError (504).
 */
export async function lastBlock(reader: BlockReader, query: BlockQuery): Promise<Representation> {
  const { block, count, fields, fullTransactions } = query;
  if (count !== undefined) {
    const { hash, json } = await reader.run(block, count, fields ?? usualFields);
    return new Representation({ json, etag: hash, cacheControl: "no-cache" });
  }
  const found = await reader.block(block, fullTransactions);
  return new Representation({
    json: fields === undefined ? found.json : jsonOfFields(found, fields),
    // anvil gives a pending block a hash, that of a block which will never be
    etag: block.value === "pending" ? undefined : found.hash,
    // private: a cache on the way would answer those whom `authenticate` turns away
    cacheControl: block.by === "hash" ? "private, max-age=31536000, immutable" : "no-cache",
  });
}
