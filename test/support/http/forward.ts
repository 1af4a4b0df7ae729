import {
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import { type Agent, request as httpsRequest } from "node:https";

/** Where a proxy sends a call. */
export interface ForwardOptions {
  /** The server behind the proxy, without a path. */
  target: string;
  headers: OutgoingHttpHeaders;
  /** For a target with TLS. */
  agent?: Agent;
}

/** Sends a call to another server, and that server's answer back. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  { agent, headers, target }: ForwardOptions,
): void {
  const { method, url } = request;
  const send = target.startsWith("https:") ? httpsRequest : httpRequest;
  const forwarded = send(`${target}${url}`, { agent, method, headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  });
  forwarded.on("error", () => response.destroy());
  request.pipe(forwarded);
}
