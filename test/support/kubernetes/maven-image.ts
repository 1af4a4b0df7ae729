import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyArtifact } from "../java/maven.ts";
import { cached, cacheFolder } from "../process/cache.ts";
import { root } from "../repo.ts";
import { docker } from "./docker.ts";
import { hasReplacementImages } from "./node-image.ts";

/** Our image that Maven builds. */
export const kafkaJmxImage = "kafka-jmx";

/**
 * Builds a replacement for the Maven base image of deploy/images/kafka-jmx, on a machine without a container registry. Its `mvn` copies the
 * jar that this machine's Maven has fetched. Elsewhere Docker pulls the official image.
 */
export async function provideMavenImage(): Promise<void> {
  if (!(await hasReplacementImages())) return;
  const dockerfile = readFileSync(join(root, "deploy", "images", kafkaJmxImage, "Dockerfile"), "utf8");
  const image = /^FROM (\S+) AS maven$/m.exec(dockerfile)![1]!;
  const version = /^ARG VERSION=(\S+)$/m.exec(dockerfile)![1]!;
  const artifact = "io.prometheus.jmx:jmx_prometheus_javaagent";
  const jars = await cached(cacheFolder("jmx-exporter", version), (draft) =>
    copyArtifact(`${artifact}:${version}:jar`, draft),
  );
  const context = mkdtempSync(join(tmpdir(), "maven-image-"));
  try {
    const mvn = join(context, "mvn");
    writeFileSync(
      mvn,
      `#!/bin/sh
case "$*" in *" -Dartifact=${artifact}:${version} -DoutputDirectory=/jar") ;; *) echo "unexpected: $*" >&2; exit 1 ;; esac
mkdir -p /jar && cp /stand-in/*.jar /jar/jmx_prometheus_javaagent.jar
`,
    );
    chmodSync(mvn, 0o755);
    cpSync(jars, join(context, "jars"), { recursive: true });
    const lines = ["FROM node:18-alpine", "USER 0", "COPY mvn /usr/local/bin/", "COPY jars /stand-in/"];
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await docker("build", "--tag", image, context);
  } finally {
    rmSync(context, { recursive: true });
  }
}
