import { ECDH } from "node:crypto";
import { BlockList, isIP } from "node:net";

/** The endpoint at which an Ethereum node can be discovered. */
export interface Enode {
  /** The public key of the node as 128 hex digits in lower case: its identity, independent of the address. */
  id: string;
  /** IP address and UDP port, such as `10.0.0.7:30301` or `[fd00::7]:30301`. */
  endpoint: string;
  /** The URL for Geth: `enode://ID@IP:PORT`, with `?discport=` for a separate UDP port. */
  url: string;
}

const form =
  /^enode:\/\/([0-9a-f]{128})@([\d.]+|\[[\da-f.]*:[\da-f:.]+\]):(\d{1,5})(?:\?discport=(\d{1,5}))?$/;

const notUnicast = new BlockList();
notUnicast.addAddress("0.0.0.0", "ipv4");
notUnicast.addAddress("::", "ipv6");
notUnicast.addSubnet("224.0.0.0", 4, "ipv4");
notUnicast.addSubnet("ff00::", 8, "ipv6");

/**
 * Parses an enode URL. Stricter than Geth's parser, because Geth exits when it starts with an unusable boot node. The key
 * must be valid (p2p/enode, parsePubkey), the host a unicast IP address and the UDP port not 0 (ValidateComplete). Names
 * are refused, because Geth also exits when a name does not resolve.
 * @throws TypeError that names the invalid part without quoting it.
 */
export function parseEnode(text: string): Enode {
  const url = text.toLowerCase();
  const match = form.exec(url);
  if (match === null) throw new TypeError("the URL is not of the form enode://ID@IP:PORT");
  const [, id = "", host = "", port = "", discport = port] = match;
  const address = host.replace(/^\[|\]$/g, "");
  if (!isPublicKey(id)) throw new TypeError("the id is not a public key of secp256k1");
  if (!isMachineAddress(address)) throw new TypeError("the host is not a unicast IP address");
  if (!isPort(port) || !isPort(discport) || Number(discport) === 0)
    throw new TypeError("the port is not between 1 and 65535");
  return { id, endpoint: `${host}:${Number(discport)}`, url };
}

/** Whether the text is a unicast IPv4 or IPv6 address: neither unspecified nor multicast. */
export function isMachineAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !notUnicast.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Whether the 128 hex digits are the coordinates of a point on the curve secp256k1. */
function isPublicKey(id: string): boolean {
  try {
    ECDH.convertKey(`04${id}`, "secp256k1", "hex");
    return true;
  } catch {
    return false;
  }
}

function isPort(text: string): boolean {
  return Number(text) <= 65_535;
}
