import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { type StartedTemplateHost, startTemplateHost } from "../support/openfaas/template-host.ts";
import { buildFixture } from "./build-fixture.ts";
import type { ContractHost } from "./contract-host.ts";

/** The fixture `traps` on a template, with raw bodies and with parsed ones. */
export interface StartedTrapHosts extends AsyncDisposable {
  /** The folder with the handler. */
  folder: string;
  raw: StartedTemplateHost;
  parsing: StartedTemplateHost;
}

/** Builds the fixture and starts both hosts. */
export async function startTrapHosts(host: ContractHost): Promise<StartedTrapHosts> {
  const folder = buildFixture("traps");
  const raw = await startTemplateHost({ ...host, handler: folder, env: { RAW_BODY: "true" } });
  const parsing = await startTemplateHost({ ...host, handler: folder });
  return {
    folder,
    raw,
    parsing,
    async [Symbol.asyncDispose]() {
      await raw[Symbol.asyncDispose]();
      await parsing[Symbol.asyncDispose]();
      rmSync(dirname(folder), { recursive: true });
    },
  };
}
