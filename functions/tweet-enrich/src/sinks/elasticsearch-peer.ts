import type { Client } from "@elastic/elasticsearch";
import { toHost } from "@platform/shared/clients/peer-error";
import { createElasticsearchConnection } from "@platform/shared/elasticsearch/elasticsearch-connection";
import { elasticsearchError } from "@platform/shared/elasticsearch/elasticsearch-error";
import { type PeerFacts, PeerTimeoutError } from "@platform/shared/errors/peer-errors";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { serverAttributes } from "@platform/shared/telemetry/server-attributes";
import { injectTraceContext, inSpan, type SpanDescription } from "@platform/shared/telemetry/tracing";

/** The description of a request in traces. */
interface ElasticsearchOperation {
  name: "bulk" | "delete_by_query";
  /** The number of its documents. */
  documents: number;
}

/** The headers of a request, including its trace context. */
type RequestHeaders = Record<string, string>;

/** A connection to Elasticsearch that throws PlatformErrors. */
export interface ElasticsearchPeer {
  /** Identifies Elasticsearch in errors. */
  readonly facts: PeerFacts;
  /**
   * Sends a request in a span. If Elasticsearch refuses the credentials, reads the secrets again and retries once.
   * @throws SecretMissingError (500), PeerBadAnswerError (502), PeerUnavailableError (503), PeerTimeoutError (504), with
   * the client's error as the cause.
   */
  request<Answer>(
    operation: ElasticsearchOperation,
    work: (client: Client, headers: RequestHeaders) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer>;
  /** Makes the next request read the secrets again, because they may have changed. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export function createElasticsearchPeer(node: string, open: () => Promise<Client>): ElasticsearchPeer {
  const connection = createElasticsearchConnection(open);
  const facts = { setting: "ELASTICSEARCH_URL", host: toHost(node) };

  async function send<Answer>(
    work: (client: Client, headers: RequestHeaders) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    try {
      return await connection.request((client) => work(client, injectTraceContext({})));
    } catch (cause) {
      if (cause instanceof PlatformError) throw cause;
      throw signal.aborted ? new PeerTimeoutError({ ...facts, cause }) : elasticsearchError(facts, cause);
    }
  }

  return {
    facts,
    request: (operation, work, signal) =>
      inSpan(
        () => requestSpan(operation, facts.host),
        () => send(work, signal),
      ),
    reopen: () => connection.close(),
    close: () => connection.close(),
  };
}

function requestSpan({ name, documents }: ElasticsearchOperation, host: string): SpanDescription {
  return {
    name,
    kind: "client",
    attributes: {
      "db.system.name": "elasticsearch",
      "db.operation.name": name,
      "db.operation.batch.size": documents,
      ...serverAttributes(host),
    },
  };
}
