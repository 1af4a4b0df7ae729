import { parseEnode } from "./enode.ts";
import { newEnodeId } from "./testing/new-enode.ts";

const id = newEnodeId();

describe("parseEnode", () => {
  it.each([
    [`enode://${id}@10.0.0.7:30301`, "10.0.0.7:30301"],
    [`enode://${id}@[fd00::7]:30301`, "[fd00::7]:30301"],
    [`enode://${id}@[::ffff:10.0.0.7]:30301`, "[::ffff:10.0.0.7]:30301"],
    [`enode://${id}@127.0.0.1:0?discport=30301`, "127.0.0.1:30301"],
    [`enode://${id}@10.0.0.7:30303?discport=30301`, "10.0.0.7:30301"],
  ])("reads %s", (url, endpoint) => {
    expect(parseEnode(url)).toEqual({ id, endpoint, url });
  });

  it("normalises hex digits to lower case", () => {
    expect(parseEnode(`enode://${id.toUpperCase()}@10.0.0.7:1`).url).toBe(`enode://${id}@10.0.0.7:1`);
  });

  it.each([
    ["nothing", ""],
    ["HTML", "<html>busy</html>"],
    ["two of them", `enode://${id}@10.0.0.7:1,enode://${id}@10.0.0.8:1`],
    ["an additional line", `enode://${id}@10.0.0.7:1\n--mine`],
    ["a short id", `enode://${id.slice(1)}@10.0.0.7:1`],
    ["no port", `enode://${id}@10.0.0.7`],
    ["no address, as before the pod has an address", `enode://${id}@:30301`],
    ["a name", `enode://${id}@eth-bootnode-0:30301`],
    ["IPv6 without brackets", `enode://${id}@fd00::7:30301`],
    ["IPv4 in brackets", `enode://${id}@[10.0.0.7]:30301`],
    ["another query", `enode://${id}@10.0.0.7:1?discport=1&x=1`],
  ])("refuses %s", (_, text) => {
    expect(() => parseEnode(text)).toThrow("not of the form");
  });

  it.each([
    ["a key that is not on the curve", `enode://${"ab".repeat(64)}@10.0.0.7:1`, "public key"],
    ["an invalid address", `enode://${id}@10.0.0.256:1`, "IP address"],
    ["the unspecified address", `enode://${id}@0.0.0.0:1`, "IP address"],
    ["the unspecified IPv6 address, as bootnode prints it", `enode://${id}@[::]:0?discport=1`, "IP address"],
    ["a multicast address", `enode://${id}@239.1.2.3:1`, "IP address"],
    ["a multicast address of IPv6", `enode://${id}@[ff02::1]:1`, "IP address"],
    ["a port that is too high", `enode://${id}@10.0.0.7:65536`, "port"],
    ["a discport that is too high", `enode://${id}@10.0.0.7:1?discport=65536`, "port"],
    ["no port for discovery", `enode://${id}@10.0.0.7:0`, "port"],
  ])("refuses %s, which Geth refuses at its start", (_, text, part) => {
    expect(() => parseEnode(text)).toThrow(part);
  });
});
