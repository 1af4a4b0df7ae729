import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { copyArtifact } from "../java/maven.ts";
import { assembleNifi, nifiJdk } from "../nifi/nifi.ts";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";
import { root } from "../repo.ts";
import { buildJavaImage, java } from "./java-image.ts";

/** The assembled release; the manifests name the same. */
const version = "2.3.0";
const home = "/opt/nifi/nifi-current";
const sources = join(root, "test", "support", "nifi");

/** The manifests run a script in Python, which the official image has, too. */
const python = "/usr/bin/python3";

/** Whether the image can be built here, or the official one is pulled. */
export const hasNifiImage = () =>
  process.env.OFFICIAL_IMAGES === "1" || (nifiJdk() !== undefined && existsSync(python));

/**
 * Builds an image of NiFi under the name of the official one. Its framework with the REST API, the leases and ConfigMaps of Kubernetes, and
 * most processors are Apache's own. Replaced are bin/nifi.sh, the login of the single user, and the processors and services of Kafka and
 * Elasticsearch.
 */
export async function buildNifiImage(name: string): Promise<void> {
  if (!name.endsWith(`:${version}`))
    throw new Error(`tests assemble NiFi ${version}, the manifests name ${name}`);
  const jdk = nifiJdk();
  if (jdk === undefined) throw new Error("no JDK for NiFi");
  const assembled = await assembleNifi();
  const kubernetes = await cached(cacheFolder("nifi-kubernetes", version), (draft) =>
    copyArtifact(`org.apache.nifi:nifi-framework-kubernetes-nar:${version}:nar`, draft),
  );
  const folder = mkdtempSync(join(tmpdir(), "nifi-image-"));
  try {
    const lib = join(folder, "lib");
    for (const from of [assembled, kubernetes]) cpSync(from, lib, { recursive: true });
    await packSingleUser(jdk, lib);
    const { executable, library, expat } = hostPython();
    await buildJavaImage(name, {
      javaHome: jdk,
      folders: {
        [lib]: `${home}/lib`,
        [join(sources, "image", "bin")]: `${home}/bin`,
        [join(sources, "image", "conf")]: `${home}/conf`,
        [executable]: python,
        [library]: `/usr/lib/${basename(library)}`,
        [expat]: `/usr/lib/${basename(dirname(expat))}/${basename(expat)}`,
      },
      environment: { JAVA_HOME: java, NIFI_HOME: home },
      prepare: [
        `chmod +x ${home}/bin/nifi.sh`,
        `mkdir -p ${["docs", "logs", "run", "work", "extensions"].map((each) => `${home}/${each}`).join(" ")}`,
        `chown -R 1000:1000 ${home}/conf ${home}/logs ${home}/run ${home}/work ${home}/extensions`,
      ].join(" && "),
      entrypoint: ["/bin/bash", "-c", "exec bin/nifi.sh run"],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compiles the replacement for the single user's login against NiFi's jars: a NAR in `lib`, and a jar for nifi.sh. */
async function packSingleUser(jdk: string, lib: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "single-user-"));
  try {
    const classes = join(folder, "classes");
    const paths = readdirSync(join(sources, "single-user"), { recursive: true, encoding: "utf8" });
    const files = paths.filter((file) => file.endsWith(".java"));
    await succeed(
      join(jdk, "bin", "javac"),
      ["-proc:none", "--release", "21", "-d", classes, "-cp", `${lib}/*`, ...files],
      { cwd: join(sources, "single-user") },
    );
    const services = join(classes, "META-INF", "services");
    mkdirSync(services, { recursive: true });
    for (const [service, provider] of [
      ["authentication.LoginIdentityProvider", "authentication.single.user.SingleUserLoginIdentityProvider"],
      ["authorization.Authorizer", "authorization.single.user.SingleUserAuthorizer"],
    ])
      writeFileSync(join(services, `org.apache.nifi.${service}`), `org.apache.nifi.${provider}\n`);
    const bundled = join(folder, "nar", "META-INF", "bundled-dependencies");
    mkdirSync(bundled, { recursive: true });
    const jarName = `nifi-single-user-stand-in-${version}.jar`;
    const jar = (...args: string[]) => succeed(join(jdk, "bin", "jar"), args);
    await jar("--create", "--file", join(bundled, jarName), "-C", classes, ".");
    const manifest = join(folder, "manifest");
    const id = "nifi-single-user-iaa-providers-nar";
    writeFileSync(manifest, `Nar-Id: ${id}\nNar-Group: org.apache.nifi\nNar-Version: ${version}\n`);
    const nar = join(lib, `${id}-${version}.nar`);
    const entries = ["-C", join(folder, "nar"), "META-INF/bundled-dependencies"];
    await jar("--create", "--no-compress", "--file", nar, "--manifest", manifest, ...entries);
    mkdirSync(join(lib, "bootstrap"));
    cpSync(join(bundled, jarName), join(lib, "bootstrap", jarName));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Debian's Python, its library, and the only shared library of it that the base image lacks. */
function hostPython(): { executable: string; library: string; expat: string } {
  const script =
    "import os, sys, sysconfig; print(os.path.realpath(sys.executable)); print(sysconfig.get_path('stdlib'))";
  const [executable, library] = spawnSync(python, ["-c", script], { encoding: "utf8" })
    .stdout.trim()
    .split("\n");
  const expat = / => (\S+libexpat\S+)/.exec(spawnSync("ldd", [python], { encoding: "utf8" }).stdout)?.[1];
  if (!executable || !library || !expat) throw new Error(`${python} is not Debian's`);
  return { executable, library, expat };
}
