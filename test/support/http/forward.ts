import {
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from "node:http";
import { type Agent, request as httpsRequest } from "node:https";

/** The target of a proxy. */
export interface ForwardOptions {
  /** URL of the server behind the proxy, without a path. */
  target: string;
  headers: OutgoingHttpHeaders;
  /** TLS options of the target. */
  agent?: Agent;
}

/** Forwards a call to another server, and returns that server's answer. */
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
