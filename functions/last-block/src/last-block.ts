import { Representation } from "@platform/shared/function/representation";
import type { FormatName } from "./block-formats.ts";
import type { BlockQuery } from "./block-query.ts";
import type { BlockReader } from "./block-reader.ts";
import { writeFields } from "./write-block.ts";

/** The fields of headers in a run when `fields` is not given. */
const defaultFields = ["delta", "number", "timestamp"];

/**
 * Returns a block in the form of web3.py or of the node, or the run of headers that ends with it. The ETag consists of the
 * block's hash and the format.
 * @throws InvalidQueryError (400), BlockNotFoundError (404), PeerBadAnswerError (502), PeerUnavailableError (503),
 * PeerTimeoutError (504).
 */
export async function lastBlock(reader: BlockReader, query: BlockQuery): Promise<Representation> {
  const { block, count, fields, format, fullTransactions } = query;
  if (count !== undefined) {
    const { hash, json } = await reader.run(block, count, fields ?? defaultFields, format);
    return new Representation({ json, etag: toEtag(hash, format), cacheControl: "no-cache" });
  }
  const written = await reader.block(block, fullTransactions, format);
  return new Representation({
    json: fields === undefined ? written.json : writeFields(written, fields),
    // anvil gives a pending block a hash, although no block will ever have it
    etag: block.value === "pending" ? undefined : toEtag(written.hash, format),
    // private: a shared cache would answer callers that `authenticate` refuses
    cacheControl: block.by === "hash" ? "private, max-age=31536000, immutable" : "no-cache",
  });
}

function toEtag(hash: string | undefined, format: FormatName): string | undefined {
  return hash === undefined || format === "web3" ? hash : `${hash}-${format}`;
}
