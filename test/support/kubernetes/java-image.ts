import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { elasticsearchHome, elasticsearchVersion } from "../elasticsearch/elasticsearch.ts";
import { withoutFileLimit } from "../elasticsearch/elasticsearch-file-limit.ts";
import { javaHome } from "../java/java-home.ts";
import { kafkaJars, kafkaScripts } from "../kafka/kafka.ts";
import { succeed } from "../process/command.ts";

/** An image of a Java program: folders of this machine with their paths in the image, and the program to run. */
interface JavaImage {
  /** The JDK; default: that on the PATH. */
  javaHome?: string;
  folders: Readonly<Record<string, string>>;
  /** Generated files, such as scripts, by their paths. */
  files?: Readonly<Record<string, string>>;
  /** Shell commands for the image's last step. */
  prepare: string;
  environment?: Readonly<Record<string, string>>;
  entrypoint: readonly string[];
}

/** The path of Java in these images. */
export const java = "/opt/java";

/** Builds an image with Kafka's jars from Maven, and scripts with the names of those in apache/kafka, which it replaces. */
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
 * Builds an image with Elasticsearch's build for tests from Maven. It takes its settings from the environment, like the official image, which it
 * replaces.
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

/** Changes only unreadable files, because each changed file is in the image twice. */
const makeReadable = String.raw`find /opt \( ! -perm -444 -o -type d ! -perm -555 \) -exec chmod a+rX {} +`;

/** Builds an image on the replacement base, with Java in `/opt/java`. */
export async function buildJavaImage(name: string, image: JavaImage): Promise<void> {
  const context = mkdtempSync(join(tmpdir(), "java-image-"));
  try {
    const folders = { [image.javaHome ?? (await javaHome())]: java, ...image.folders };
    for (const [from, to] of Object.entries(folders))
      cpSync(from, join(context, to), { recursive: true, dereference: true, filter: isNeeded });
    for (const [path, text] of Object.entries(image.files ?? {})) {
      mkdirSync(dirname(join(context, path)), { recursive: true });
      writeFileSync(join(context, path), text);
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

/** Copies the parts of a JDK that programs need; some of its links lead to missing files. */
function isNeeded(path: string): boolean {
  return existsSync(path) && !["jmods", "demo", "man", "src.zip"].includes(basename(path));
}
