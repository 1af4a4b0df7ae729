import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import { peerError } from "@platform/shared/clients/peer-error";
import { hostAndPort } from "@platform/shared/config/host-and-port";
import { type Enode, parseEnode } from "./enode.ts";

/** A boot node to ask: its address and the port of its HTTP server. */
export interface BootnodeAddress {
  address: string;
  port: number;
  /** How long it may take, in milliseconds. */
  timeout: number;
}

/** Longer than any enode URL. */
const mostCharacters = 1_000;

/**
 * What a boot node says of itself at `/`.
 * @throws PeerUnavailableError (503), PeerTimeoutError (504), or PeerBadAnswerError (502) when it answers with
 * anything but an enode URL.
 */
export async function askBootnode({ address, port, timeout }: BootnodeAddress): Promise<Enode> {
  const late = AbortSignal.timeout(timeout);
  try {
    return parseEnode((await get(address, port, late)).trim());
  } catch (error) {
    const peer = { setting: "BOOTNODE_SERVICE", host: hostAndPort(address, port) };
    // An answer that is cut off for lateness fails like one that the boot node breaks off.
    throw peerError(peer, late.aborted ? late.reason : error);
  }
}

/** The body of a 200; rejects, and closes the connection, on anything else and when the signal fires. */
async function get(host: string, port: number, signal: AbortSignal): Promise<string> {
  const request = http.get({ host, port, agent: false, signal });
  request.on("error", () => undefined); // also after the answer has begun, where the loop below tells of it
  const [response] = (await once(request, "response")) as [IncomingMessage];
  try {
    if (response.statusCode !== 200) {
      throw Object.assign(new Error(`HTTP status ${response.statusCode}`), { response });
    }
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) {
      text += chunk;
      if (text.length > mostCharacters) throw new TypeError("too long for an enode URL");
    }
    return text;
  } finally {
    request.destroy();
  }
}
