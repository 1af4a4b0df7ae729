import { createRpcClient, type RpcClient } from "./rpc-client.ts";
import { createWebSocketClient, type WebSocketClientOptions } from "./websocket-client.ts";

/** A JSON-RPC client of a node by the scheme of its URL: http, https, ws or wss. It connects at the first call. */
export function createNodeClient(url: URL, options: WebSocketClientOptions): RpcClient {
  const isWebSocket = /^wss?:$/.test(url.protocol);
  return isWebSocket ? createWebSocketClient(url, options) : createRpcClient(url, options);
}
