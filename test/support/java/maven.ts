import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { succeed } from "../process/command.ts";

/** Whether Maven and Java are installed, which fetch and run Kafka and Elasticsearch. */
export function hasMaven(): boolean {
  return spawnSync("mvn", ["-version"]).status === 0 && spawnSync("java", ["-version"]).status === 0;
}

/** Copies a Java program's jars with all dependencies into a folder. Each is `group:artifact:version`. */
export async function copyJars(jars: readonly string[], folder: string): Promise<void> {
  const dependencies = jars.map((jar) => {
    const [group, artifact, version] = jar.split(":");
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  const pom = join(folder, "pom.xml");
  await writeFile(
    pom,
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>jars</artifactId><version>1</version>
<dependencies>${dependencies.join("\n")}</dependencies></project>\n`,
  );
  await maven(
    "dependency:copy-dependencies",
    "-f",
    pom,
    "-DincludeScope=runtime",
    `-DoutputDirectory=${folder}`,
  );
}

/** Copies one file, `group:artifact:version:type`, into a folder. */
export async function copyArtifact(artifact: string, folder: string): Promise<void> {
  await maven("dependency:copy", `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`);
}

async function maven(...args: string[]): Promise<void> {
  await succeed("mvn", ["-B", "-q", ...args]);
}
