import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import { peerError } from "@platform/shared/clients/peer-error";
import { hostAndPort } from "@platform/shared/config/host-and-port";
import { type Enode, parseEnode } from "./enode.ts";

/** A boot node to ask: its address and the port of its HTTP server. */
export interface BootnodeAddress {
  address: string;
  port: number;
  /** Time limit of the request, in milliseconds. */
  timeout: number;
}

/** Longer than any enode URL. */
const maxCharacters = 1_000;

/**
 * Asks a boot node for its enode, at `/`.
 * @throws PeerUnavailableError (503), PeerTimeoutError (504), or PeerBadAnswerError (502) when the answer is not an enode URL.
 */
export async function askBootnode({ address, port, timeout }: BootnodeAddress): Promise<Enode> {
  const late = AbortSignal.timeout(timeout);
  try {
    return parseEnode((await get(address, port, late)).trim());
  } catch (error) {
    const peer = { setting: "BOOTNODE_SERVICE", host: hostAndPort(address, port) };
    // An aborted answer fails like a broken connection, so the reason of the signal tells a timeout apart.
    throw peerError(peer, late.aborted ? late.reason : error);
  }
}

/** Returns the body of a 200. Rejects, and closes the connection, on any other answer and when the signal aborts. */
async function get(host: string, port: number, signal: AbortSignal): Promise<string> {
  const request = http.get({ host, port, agent: false, signal });
  request.on("error", () => undefined); // also after the response has begun; the loop below reports that error
  const [response] = (await once(request, "response")) as [IncomingMessage];
  try {
    if (response.statusCode !== 200) {
      throw Object.assign(new Error(`HTTP status ${response.statusCode}`), { response });
    }
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) {
      text += chunk;
      if (text.length > maxCharacters) throw new TypeError("the answer is too long for an enode URL");
    }
    return text;
  } finally {
    request.destroy();
  }
}
