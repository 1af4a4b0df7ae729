import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildFixture } from "../conformance/build-fixture.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";

/** Starts a gateway with one function, `mirror`. Disposal kills it, because a graceful shutdown would wait for calls that never end. */
export async function startMirrorGateway(
  env: Readonly<Record<string, string>> = {},
  annotations: Readonly<Record<string, string>> = {},
): Promise<StartedGateway> {
  const folder = mkdtempSync(join(tmpdir(), "gateway-"));
  const handler = buildFixture("mirror");
  const stack = join(folder, "stack.yml");
  const environment = { RAW_BODY: "true", MAX_RAW_SIZE: "1mb", NODE_ENV: "production" };
  writeFileSync(stack, JSON.stringify({ functions: { mirror: { handler, environment, annotations } } }));
  const gateway = await startGateway({
    args: ["--stack", stack],
    env: { GETH_RPC_ENDPOINT: "http://127.0.0.1:1", ...env },
  });
  return {
    ...gateway,
    async [Symbol.asyncDispose]() {
      gateway.signal("SIGKILL");
      await gateway.ended;
      rmSync(folder, { recursive: true });
      rmSync(dirname(handler), { recursive: true });
    },
  };
}
