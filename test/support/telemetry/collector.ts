import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";
import { startProgram, waitForProgram } from "../process/program.ts";
import { root } from "../repo.ts";
import { type CollectedSpan, readSpans } from "./collected-spans.ts";

/** A real OpenTelemetry collector that receives traces over OTLP/HTTP. */
export interface StartedCollector extends AsyncDisposable {
  /** OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string;
  /** All spans so far, in order of arrival. */
  spans(): CollectedSpan[];
  /** The spans of a trace. */
  trace(traceId: string): CollectedSpan[];
  /** Kills it by SIGKILL; the file keeps its spans. */
  kill(): Promise<void>;
}

const source = join(root, "test", "support", "telemetry", "collector");

/** Starts a collector, which Go builds at its first use on a machine in about 100 seconds of processor time. */
export async function startCollector(): Promise<StartedCollector> {
  const folder = mkdtempSync(join(tmpdir(), "collector-"));
  const file = join(folder, "traces.json");
  const port = await freePort(0);
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
    exporters: { file: { path: file, flush_interval: "50ms" } },
    service: {
      telemetry: { metrics: { level: "none" } },
      pipelines: { traces: { receivers: ["otlp"], exporters: ["file"] } },
    },
  };
  const command = [join(await collectorProgram(), "collector"), JSON.stringify(config)] as const;
  const program = startProgram({ command, env: { PATH: process.env.PATH } });
  const listens = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true));
      socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
    });
  await waitForProgram("the collector", program, listens);
  const spans = () => readSpans(file);
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    trace: (traceId) => spans().filter((span) => span.traceId === traceId),
    async kill() {
      program.signal("SIGKILL");
      await program.ended;
    },
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Returns the folder with the program. */
function collectorProgram(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of ["main.go", "go.mod"]) hash.update(readFileSync(join(source, name)));
  const folder = cacheFolder("otel-collector", hash.digest("hex").slice(0, 12));
  return cached(folder, async (draft) => {
    await succeed("go", ["build", "-buildvcs=false", "-o", join(draft, "collector"), "."], { cwd: source });
  });
}
