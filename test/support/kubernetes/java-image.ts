import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { elasticsearchHome, elasticsearchVersion } from "../elasticsearch/elasticsearch.ts";
import { withoutFileLimit } from "../elasticsearch/elasticsearch-file-limit.ts";
import { javaHome } from "../java/java-home.ts";
import { kafkaJars, kafkaScripts } from "../kafka/kafka.ts";
import { succeed } from "../process/command.ts";

/** An image of a Java program: folders of this machine and where they are in the image, and the program it runs. */
interface JavaImage {
  /** The JDK; unset, the one on the PATH. */
  javaHome?: string;
  folders: Readonly<Record<string, string>>;
  /** Files that are made, such as scripts, by their places. */
  files?: Readonly<Record<string, string>>;
  /** Shell commands for the image's last step. */
  prepare: string;
  environment?: Readonly<Record<string, string>>;
  entrypoint: readonly string[];
}

/** Where Java is in these images. */
export const java = "/opt/java";

/** Kafka's jars from Maven, and scripts with the names of those in apache/kafka: a stand-in for that image. */
export async function buildKafkaImage(name: string): Promise<void> {
  const libs = "/opt/kafka/libs";
  const scripts = kafkaScripts(libs, `${java}/bin/java`);
  await buildJavaImage(name, {
    folders: { [await kafkaJars()]: libs },
    files: Object.fromEntries(scripts.map(([script, text]) => [`/opt/kafka/bin/${script}`, text])),
    prepare:
      "chmod +x /opt/kafka/bin/* && mkdir -p /var/lib/kafka/data && chown 1000:1000 /var/lib/kafka/data",
    entrypoint: ["/bin/sh"],
  });
}

/**
 * Elasticsearch's build for tests from Maven, which takes its settings from the environment as that for Docker does: a
 * stand-in for the official image.
 */
export async function buildElasticsearchImage(name: string): Promise<void> {
  const home = "/usr/share/elasticsearch";
  const program = await elasticsearchHome();
  const patch = "/opt/elasticsearch-file-limit";
  await buildJavaImage(name, {
    folders: { [program]: home, [await withoutFileLimit(program, elasticsearchVersion)]: patch },
    prepare: [
      `sed -i 's/^ES_DISTRIBUTION_TYPE=.*/ES_DISTRIBUTION_TYPE=docker/' ${home}/bin/elasticsearch-env`,
      `sed -i '/-Xlog:gc/d' ${home}/config/jvm.options`,
      `echo '--patch-module=org.elasticsearch.server=${patch}' >${home}/config/jvm.options.d/file-limit.options`,
      `echo 'network.host: 0.0.0.0' >${home}/config/elasticsearch.yml`,
      `mkdir -p ${home}/data ${home}/logs`,
      `chown -R 1000:1000 ${home}/config ${home}/data ${home}/logs`,
    ].join(" && "),
    environment: { ES_JAVA_HOME: java },
    // The build has no ingest-geoip, and refuses the setting that switches its downloads off.
    entrypoint: ["env", "-u", "ingest.geoip.downloader.enabled", `${home}/bin/elasticsearch`],
  });
}

/** Touches only what is not readable, because each touched file is in the image twice. */
const makeReadable = String.raw`find /opt \( ! -perm -444 -o -type d ! -perm -555 \) -exec chmod a+rX {} +`;

/** Builds an image on the stand-in base, with Java in `/opt/java`. */
export async function buildJavaImage(name: string, image: JavaImage): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), "java-image-"));
  try {
    const folders = { [image.javaHome ?? (await javaHome())]: java, ...image.folders };
    for (const [from, to] of Object.entries(folders))
      cpSync(from, join(context, to), { recursive: true, dereference: true, filter: isNeeded });
    for (const [place, text] of Object.entries(image.files ?? {})) {
      mkdirSync(dirname(join(context, place)), { recursive: true });
      writeFileSync(join(context, place), text);
    }
    const lines = [
      "FROM node:18-alpine",
      "USER 0",
      ...["opt", "usr"].map((folder) => `COPY ${folder}* /${folder}/`),
      ...Object.entries(image.environment ?? {}).map(([key, value]) => `ENV ${key}=${value}`),
      `RUN ${image.prepare} && ${makeReadable}`,
      "USER 1000",
      `ENTRYPOINT ${JSON.stringify(image.entrypoint)}`,
    ];
    mkdirSync(join(context, "usr"), { recursive: true });
    writeFileSync(join(context, "Dockerfile"), `${lines.join("\n")}\n`);
    await succeed("docker", ["build", "--tag", name, context]);
  } finally {
    rmSync(context, { recursive: true });
  }
}

/** Of a JDK, what programs need to run; some of its links lead to what is not installed. */
function isNeeded(path: string): boolean {
  return existsSync(path) && !["jmods", "demo", "man", "src.zip"].includes(basename(path));
}
