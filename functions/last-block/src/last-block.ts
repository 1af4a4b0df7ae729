import { Representation } from "@platform/shared/function/representation";
import type { FormatName } from "./block-formats.ts";
import type { BlockQuery } from "./block-query.ts";
import type { BlockReader } from "./block-reader.ts";
import { jsonOfFields } from "./write-block.ts";

/** What headers of a run have unless `fields` says otherwise. */
const usualFields = ["delta", "number", "timestamp"];

/**
 * The block as web3.py or the node gives it, or the run of headers that ends there. Its entity tag is the block's hash and
 * the format.
 * @throws InvalidQueryError (400), BlockNotFoundError (404), PeerBadAnswerError (502), PeerUnavailableError (503),
 * PeerTimeoutError (504).
 */
export async function lastBlock(reader: BlockReader, query: BlockQuery): Promise<Representation> {
  const { block, count, fields, format, fullTransactions } = query;
  if (count !== undefined) {
    const { hash, json } = await reader.run(block, count, fields ?? usualFields, format);
    return new Representation({ json, etag: toEtag(hash, format), cacheControl: "no-cache" });
  }
  const found = await reader.block(block, fullTransactions, format);
  return new Representation({
    json: fields === undefined ? found.json : jsonOfFields(found, fields),
    // anvil gives a pending block a hash, that of a block which will never be
    etag: block.value === "pending" ? undefined : toEtag(found.hash, format),
    // private: a cache on the way would answer those whom `authenticate` turns away
    cacheControl: block.by === "hash" ? "private, max-age=31536000, immutable" : "no-cache",
  });
}

function toEtag(hash: string | undefined, format: FormatName): string | undefined {
  return hash === undefined || format === "web3" ? hash : `${hash}-${format}`;
}
