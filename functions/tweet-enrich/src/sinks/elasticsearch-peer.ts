import type { Client } from "@elastic/elasticsearch";
import { lazily } from "@platform/shared/clients/lazily";
import { hostOf } from "@platform/shared/clients/peer-error";
import { elasticsearchError, wasRefused } from "@platform/shared/elasticsearch/elasticsearch-error";
import { type PeerFacts, PeerTimeoutError } from "@platform/shared/errors/peer-errors";
import { PlatformError } from "@platform/shared/errors/platform-error";

/** A connection to Elasticsearch that is opened at the first request, and again after its credentials were refused. */
export interface ElasticsearchPeer {
  /** Names Elasticsearch in errors. */
  readonly facts: PeerFacts;
  /**
   * Makes one request.
   * @throws SecretMissingError (500), PeerBadAnswerError (502), PeerUnavailableError (503), PeerTimeoutError (504), with
   * the client's error as the cause.
   */
  request<Answer>(work: (client: Client) => Promise<Answer>, signal: AbortSignal): Promise<Answer>;
  /** Reads the secrets again before the next request: they may have changed. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export function createElasticsearchPeer(node: string, open: () => Promise<Client>): ElasticsearchPeer {
  const client = lazily(open);
  const facts = { setting: "ELASTICSEARCH_URL", host: hostOf(node) };
  const close = async () => {
    await (await client.drop())?.close();
  };
  return {
    facts,
    async request(work, signal) {
      const elasticsearch = await client.get();
      try {
        return await work(elasticsearch);
      } catch (cause) {
        if (cause instanceof PlatformError) throw cause;
        if (wasRefused(cause)) await close();
        throw signal.aborted ? new PeerTimeoutError({ ...facts, cause }) : elasticsearchError(facts, cause);
      }
    },
    reopen: close,
    close,
  };
}
