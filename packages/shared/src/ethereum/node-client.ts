import { createRpcClient, type RpcClient } from "./rpc-client.ts";
import { createWebSocketClient, type WebSocketClientOptions } from "./websocket-client.ts";

/** Creates a JSON-RPC client for the scheme of the node's URL: http, https, ws or wss. It connects at the first call. */
export function createNodeClient(url: URL, options: WebSocketClientOptions): RpcClient {
  const isWebSocket = /^wss?:$/.test(url.protocol);
  return isWebSocket ? createWebSocketClient(url, options) : createRpcClient(url, options);
}
