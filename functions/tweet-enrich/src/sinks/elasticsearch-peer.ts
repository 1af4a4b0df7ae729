import type { Client } from "@elastic/elasticsearch";
import { hostOf } from "@platform/shared/clients/peer-error";
import { createElasticsearchConnection } from "@platform/shared/elasticsearch/elasticsearch-connection";
import { elasticsearchError } from "@platform/shared/elasticsearch/elasticsearch-error";
import { type PeerFacts, PeerTimeoutError } from "@platform/shared/errors/peer-errors";
import { PlatformError } from "@platform/shared/errors/platform-error";

/** A connection to Elasticsearch whose errors are errors of the platform. */
export interface ElasticsearchPeer {
  /** Names Elasticsearch in errors. */
  readonly facts: PeerFacts;
  /**
   * Makes one request, and repeats it once with the secrets read anew when its credentials are refused.
   * @throws SecretMissingError (500), PeerBadAnswerError (502), PeerUnavailableError (503), PeerTimeoutError (504), with
   * the client's error as the cause.
   */
  request<Answer>(work: (client: Client) => Promise<Answer>, signal: AbortSignal): Promise<Answer>;
  /** Reads the secrets again before the next request: they may have changed. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export function createElasticsearchPeer(node: string, open: () => Promise<Client>): ElasticsearchPeer {
  const connection = createElasticsearchConnection(open);
  const facts = { setting: "ELASTICSEARCH_URL", host: hostOf(node) };
  return {
    facts,
    async request(work, signal) {
      try {
        return await connection.request(work);
      } catch (cause) {
        if (cause instanceof PlatformError) throw cause;
        throw signal.aborted ? new PeerTimeoutError({ ...facts, cause }) : elasticsearchError(facts, cause);
      }
    },
    reopen: () => connection.close(),
    close: () => connection.close(),
  };
}
