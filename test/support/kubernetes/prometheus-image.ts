import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { docker } from "./docker.ts";

/** Debian's programs, by the images that they replace. */
const programs: Readonly<Record<string, string>> = {
  "prom/prometheus:": "/usr/bin/prometheus",
  "quay.io/prometheuscommunity/elasticsearch-exporter:": "/usr/bin/prometheus-elasticsearch-exporter",
};

/** Whether Debian's Prometheus and its Elasticsearch exporter are installed. */
export function hasPrometheus(): boolean {
  return Object.values(programs).every((program) => spawnSync(program, ["--version"]).status === 0);
}

/**
 * Builds an image under the name in the manifests, with Debian's Prometheus or its Elasticsearch exporter. It replaces the official one,
 * which comes from a registry. Does nothing for other images.
 */
export async function buildMonitoringImage(name: string): Promise<void> {
  const program = Object.entries(programs).find(([prefix]) => name.startsWith(prefix))?.[1];
  if (program === undefined) return;
  const context = mkdtempSync(join(tmpdir(), "prometheus-image-"));
  try {
    cpSync(program, join(context, "program"));
    const lines = ["FROM node:18-alpine", "COPY program /program", 'ENTRYPOINT ["/program"]'];
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await docker("build", "--tag", name, context);
  } finally {
    rmSync(context, { recursive: true });
  }
}
