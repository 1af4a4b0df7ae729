import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { cached, cacheFolder } from "../process/cache.ts";
import { run, succeed } from "../process/command.ts";
import { jupyterhubEnvironment, jupyterServerEnvironment } from "../python/jupyterhub-environment.ts";
import { PYTHON } from "../python/python.ts";
import { root } from "../repo.ts";
import { docker } from "./docker.ts";
import { provideServiceBaseImage, serviceBaseImage } from "./node-image.ts";

/** JupyterHub's proxy, from npm. */
const proxyVersion = "5.3.0";

/** The label with the key of an image's parts, by which an image is up to date. */
const label = "serverless-data-platform.jupyterhub";

/**
 * Builds an image under the name in the manifests, from PyPI or npm. It replaces the official one, which comes from a registry. Does nothing
 * for other images, and nothing if the engine has it already.
 */
export async function buildJupyterhubImage(name: string): Promise<void> {
  const [build] = Object.entries(builders).flatMap(([prefix, builder]) =>
    name.startsWith(prefix) ? [builder] : [],
  );
  if (build !== undefined) await build(name);
}

const builders: Readonly<Record<string, (name: string) => Promise<void>>> = {
  "quay.io/jupyterhub/k8s-hub:": async (name) =>
    buildPythonImage(name, {
      python: await jupyterhubEnvironment(),
      programs: { jupyterhub: "jupyterhub" },
      folders: {},
      lines: ["RUN mkdir -p /srv/jupyterhub && chown 1000:1000 /srv/jupyterhub", "WORKDIR /srv/jupyterhub"],
    }),
  "quay.io/jupyterhub/k8s-singleuser-sample:": async (name) =>
    buildPythonImage(name, {
      python: await jupyterServerEnvironment(),
      programs: { "jupyterhub-singleuser": "jupyterhub.singleuser" },
      // Pods of the tests cannot reach PyPI, so pip finds the notebooks' packages here. 0 is pip's value for "compile nothing".
      folders: { [await notebookWheels()]: "opt/wheels" },
      lines: ["ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/opt/wheels PIP_NO_COMPILE=0", "WORKDIR /home/jovyan"],
    }),
  "quay.io/jupyterhub/configurable-http-proxy:": buildProxyImage,
};

interface PythonImage {
  /** The Python of an environment with the packages. */
  python: string;
  /** Programs of the image, with the modules that they run. */
  programs: Readonly<Record<string, string>>;
  /** Additional folders of this machine, with their paths in the image. */
  folders: Readonly<Record<string, string>>;
  lines: readonly string[];
}

/** This machine's Python with an environment's packages, below /usr/local as in the official images. */
async function buildPythonImage(name: string, image: PythonImage): Promise<void> {
  const key = hash(JSON.stringify([image, readFileSync(__filename, "utf8")]));
  if (await isBuilt(name, key)) return;
  const context = mkdtempSync(join(tmpdir(), "jupyterhub-image-"));
  try {
    await copyPython(join(context, "usr", "local"));
    const environment = dirname(dirname(image.python));
    const packages = "lib/python3.11/site-packages";
    for (const folder of [packages, "share", "etc"])
      copyFolder(join(environment, folder), join(context, "usr", "local", folder));
    for (const [from, to] of Object.entries(image.folders)) copyFolder(from, join(context, to));
    for (const [program, module] of Object.entries(image.programs)) {
      const script = `#!/bin/sh\nexec python3 -m ${module} "$@"\n`;
      writeFileSync(join(context, "usr", "local", "bin", program), script, { mode: 0o755 });
    }
    await buildImage(name, context, key, [
      "FROM node:18-alpine",
      "USER 0",
      "COPY usr /usr/",
      ...Object.values(image.folders).map((folder) => `COPY ${folder} /${folder}/`),
      "RUN mkdir -p /home/jovyan && chown 1000:1000 /home/jovyan",
      "ENV HOME=/home/jovyan LD_LIBRARY_PATH=/usr/local/lib",
      ...image.lines,
      "USER 1000",
      'ENTRYPOINT ["env"]',
    ]);
  } finally {
    rmSync(context, { recursive: true });
  }
}

/** The package of npm, on the PATH like in the official image. */
async function buildProxyImage(name: string): Promise<void> {
  await provideServiceBaseImage();
  const proxy = await proxyFolder();
  const key = hash(proxy);
  if (await isBuilt(name, key)) return;
  const context = mkdtempSync(join(tmpdir(), "jupyterhub-image-"));
  try {
    cpSync(join(proxy, "node_modules"), join(context, "node_modules"), { recursive: true });
    const program = "/srv/node_modules/configurable-http-proxy/bin/configurable-http-proxy";
    await buildImage(name, context, key, [
      `FROM ${serviceBaseImage}`,
      "USER 0",
      "COPY node_modules /srv/node_modules/",
      `RUN chmod 755 ${program} && ln -s ${program} /usr/local/bin/configurable-http-proxy`,
      "USER 65534",
      'ENTRYPOINT ["configurable-http-proxy"]',
    ]);
  } finally {
    rmSync(context, { recursive: true });
  }
}

/** Returns the folder in which npm has installed configurable-http-proxy, once on a machine. */
export function proxyFolder(): Promise<string> {
  const name = "configurable-http-proxy";
  return cached(cacheFolder(name, proxyVersion), async (draft) => {
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
    await succeed("npm", ["install", "--prefix", draft, ...options, `${name}@${proxyVersion}`]);
  });
}

/** The wheels of notebooks/requirements.txt, downloaded once on a machine. */
function notebookWheels(): Promise<string> {
  const requirements = join(root, "notebooks", "requirements.txt");
  const key = hash(readFileSync(requirements, "utf8"));
  return cached(cacheFolder("python", `notebook-wheels-${key}`), async (draft) => {
    const options = ["--quiet", "--no-input", "--disable-pip-version-check", "--only-binary=:all:"];
    await succeed(PYTHON, ["-m", "pip", "download", ...options, "--dest", draft, "-r", requirements]);
  });
}

/** The parts of this machine's Python that a program needs: the interpreter, its library and the shared libraries that they load. */
async function copyPython(folder: string): Promise<void> {
  const script = "import sys, sysconfig; print(sys.executable); print(sysconfig.get_path('stdlib'))";
  const [executable, library] = (await succeed(PYTHON, ["-c", script])).trim().split("\n") as [
    string,
    string,
  ];
  const destination = join(folder, "lib", "python3.11");
  copyFolder(library, destination);
  mkdirSync(join(folder, "bin"));
  cpSync(executable, join(folder, "bin", "python3.11"), { dereference: true });
  for (const alias of ["python3", "python"]) symlinkSync("python3.11", join(folder, "bin", alias));
  const extensions = join(library, "lib-dynload");
  const programs = readdirSync(extensions).filter((file) => !file.startsWith("_tkinter"));
  const stdout = await succeed("ldd", [executable, ...programs.map((file) => join(extensions, file))]);
  for (const file of new Set(stdout.match(/(?<==> )\/\S+/g)))
    if (!ofBaseImage.test(basename(file)))
      cpSync(file, join(folder, "lib", basename(file)), { dereference: true });
}

/** Parts of the C library, which the base image has. */
const ofBaseImage = /^lib(c|m|dl|pthread|rt|util|resolv)\.so/;

/** Tests, and files that no pod uses. */
const unneeded = new Set(
  ["test", "tests", "idlelib", "tkinter", "turtledemo", "lib2to3"].concat(
    ["setuptools", "pip"].map((name) => `site-packages/${name}`),
  ),
);

/** Copies a folder without unneeded files. Keeps times, because compiled modules contain the times of their sources. */
function copyFolder(from: string, to: string): void {
  if (!existsSync(from)) return;
  const isStandardLibrary = existsSync(join(from, "os.py"));
  cpSync(from, to, {
    recursive: true,
    dereference: true,
    preserveTimestamps: true,
    filter: (path) =>
      !unneeded.has(basename(path)) &&
      !unneeded.has(`${basename(dirname(path))}/${basename(path)}`) &&
      !(isStandardLibrary && /^(site-packages|config-3|_tkinter)/.test(basename(path))),
  });
}

async function isBuilt(name: string, key: string): Promise<boolean> {
  const format = `--format={{index .Config.Labels "${label}"}}`;
  const { code, stdout } = await run("docker", ["image", "inspect", format, name]);
  return code === 0 && stdout.trim() === key;
}

async function buildImage(
  name: string,
  context: string,
  key: string,
  lines: readonly string[],
): Promise<void> {
  writeFileSync(join(context, "Dockerfile"), `${[...lines, `LABEL ${label}=${key}`].join("\n")}\n`);
  await docker("build", "--tag", name, context);
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
