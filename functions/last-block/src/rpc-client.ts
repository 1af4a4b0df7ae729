import http from "node:http";
import https from "node:https";
import { hostOf, peerError } from "@platform/shared/clients/peer-error";
import { PeerBadAnswerError } from "@platform/shared/errors/peer-errors";
import { FetchRequest, type GetUrlResponse, JsonRpcProvider, Network } from "ethers";

/** A JSON-RPC client of one Ethereum node. */
export interface RpcClient {
  /**
   * The result of a JSON-RPC method.
   * @throws PeerUnavailableError (503), PeerTimeoutError (504), PeerBadAnswerError (502).
   */
  send(method: string, params: readonly unknown[]): Promise<unknown>;
  /** The error for an answer that makes no sense. */
  badAnswer(cause: unknown): PeerBadAnswerError;
  close(): void;
}

/** Where the node is and how long it may take to answer, in milliseconds. */
export interface RpcClientOptions {
  url: string;
  timeout: number;
}

/**
 * A client by ethers over kept-alive connections. ethers' own transport leaves a timed-out connection open and
 * has no limit on the whole call, so it gets one that has.
 */
export function createRpcClient({ url, timeout }: RpcClientOptions): RpcClient {
  const peer = { setting: "GETH_RPC_ENDPOINT", host: hostOf(url) };
  const agent = new (url.startsWith("https:") ? https : http).Agent({ keepAlive: true });

  const request = new FetchRequest(url);
  request.retryFunc = async () => false; // a busy node is the caller's to try again
  request.getUrlFunc = ({ method, headers, body }) =>
    exchange(url, { method, headers, agent, signal: AbortSignal.timeout(timeout) }, body);

  // A static network, so that ethers does not ask the node what chain it is on; `send` does not use it.
  const provider = new JsonRpcProvider(request, Network.from(1), { staticNetwork: true, batchMaxCount: 1 });

  return {
    async send(method, params) {
      try {
        return await provider.send(method, [...params]);
      } catch (error) {
        throw peerError(peer, error);
      }
    },
    badAnswer: (cause) => new PeerBadAnswerError({ ...peer, cause }),
    close() {
      provider.destroy();
      agent.destroy();
    },
  };
}

/** One HTTP exchange; rejects, and closes the connection, when the signal fires before the answer is whole. */
function exchange(
  url: string,
  options: https.RequestOptions,
  body: Uint8Array | null,
): Promise<GetUrlResponse> {
  return new Promise((resolve, reject) => {
    const client = url.startsWith("https:") ? https : http;
    const sent = client.request(url, options, (response) => {
      const { statusCode: status = 0 } = response;
      // ethers would follow, with its own transport, wherever the answer leads.
      if (status >= 300 && status < 400) sent.destroy(new Error(`the node redirects (${status})`));
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          statusCode: status,
          statusMessage: response.statusMessage ?? "",
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body ?? undefined);
  });
}
