import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { waitFor } from "../support/wait-for.ts";

/** An endpoint at which nobody listens: a call of last-block fails, and its log says why. */
const noNode = { GETH_RPC_ENDPOINT: "http://127.0.0.1:1" };

async function logOf(env: Record<string, string>, line: RegExp): Promise<string> {
  const gateway: StartedGateway = await startGateway({ env: { ...noNode, ...env } });
  try {
    expect((await httpCall(`${gateway.url}/function/last-block`)).status).toBe(503);
    return await waitFor("the log line", () => line.exec(gateway.output())?.[0]);
  } finally {
    await gateway[Symbol.asyncDispose]();
  }
}

it("passes LOG_FORMAT on to the functions, and their logs name source files", async () => {
  const text = await logOf(
    { LOG_FORMAT: "pretty" },
    /ERROR: last-block: peer_unavailable .*?checked-node\.ts[^\n]*/s,
  );
  expect(text).toMatch(/"name": "PeerUnavailableError"/);
  expect(text).toMatch(/at Object\.ask \(functions\/last-block\/src\/checked-node\.ts:\d+:\d+\)/);
}, 60_000);

it("has JSON lines in a pipe", async () => {
  const line = await logOf({}, /^\{.*"msg":"peer_unavailable"\}$/m);
  expect(JSON.parse(line)).toMatchObject({ name: "last-block", error: { name: "PeerUnavailableError" } });
}, 60_000);
