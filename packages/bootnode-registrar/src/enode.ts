import { ECDH } from "node:crypto";
import { BlockList, isIP } from "node:net";

/** Where an Ethereum node is to be discovered. */
export interface Enode {
  /** Its public key as 128 hex digits in lower case: who it is, wherever it runs. */
  id: string;
  /** IP address and UDP port, such as `10.0.0.7:30301` or `[fd00::7]:30301`. */
  endpoint: string;
  /** The URL that Geth takes: `enode://ID@IP:PORT`, with `?discport=` where UDP has a port of its own. */
  url: string;
}

const form =
  /^enode:\/\/([0-9a-f]{128})@([\d.]+|\[[\da-f.]*:[\da-f:.]+\]):(\d{1,5})(?:\?discport=(\d{1,5}))?$/;

const nowhere = new BlockList();
nowhere.addAddress("0.0.0.0", "ipv4");
nowhere.addAddress("::", "ipv6");
nowhere.addSubnet("224.0.0.0", 4, "ipv4");
nowhere.addSubnet("ff00::", 8, "ipv6");

/**
 * Reads an enode URL. It is stricter than Geth, because a Geth that is started with a boot node that it cannot use
 * ends at once: the key must be one (p2p/enode, parsePubkey), the host an IP address of a single machine and the UDP
 * port not 0 (ValidateComplete). Names are refused: Geth ends as well when one does not resolve.
 * @throws TypeError that says which part is wrong, without repeating it.
 */
export function parseEnode(text: string): Enode {
  const url = text.toLowerCase();
  const match = form.exec(url);
  if (match === null) throw new TypeError("not of the form enode://ID@IP:PORT");
  const [, id = "", host = "", port = "", discport = port] = match;
  const address = host.replace(/^\[|\]$/g, "");
  if (!isPublicKey(id)) throw new TypeError("its id is not a public key of secp256k1");
  if (!isMachineAddress(address)) throw new TypeError("its host is not the IP address of a machine");
  if (!isPort(port) || !isPort(discport) || Number(discport) === 0)
    throw new TypeError("its port is not one");
  return { id, endpoint: `${host}:${Number(discport)}`, url };
}

/** Is it an IPv4 or IPv6 address that may be one machine's: neither unspecified nor multicast? */
export function isMachineAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !nowhere.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Are the 128 hex digits the coordinates of a point on the curve secp256k1? */
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
