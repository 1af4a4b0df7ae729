import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { type DocsCommand, readCommands, readPages } from "../test/support/docs/read-commands.ts";
import { root } from "../test/support/repo.ts";
import { readCommands as readNpmCommands } from "./docs/commands-page.mjs";

// The history names commands of earlier versions.
const commands = readCommands(readPages().filter((page) => page !== "CHANGELOG.md"));
const line = ({ page, command }: DocsCommand) => `${page}: ${command}`;
const commandsPage = readFileSync(join(root, "docs", "reference", "commands.md"), "utf8");

it("finds the commands", () => {
  expect(commands.length).toBeGreaterThan(350);
});

it("every npm command exists and knows its options", () => {
  const npm = /\bnpm (?:run (?:--silent )?)?(start|test|(?<=run (?:--silent )?)[\w-]+)((?: -- [^&|;]*)?)/g;
  const names = readNpmCommands().map(({ name }) => name);
  const wrong = commands.flatMap((documented) =>
    [...documented.command.matchAll(npm)].flatMap(([, name, args]) => {
      if (!names.includes(name!)) return [`${line(documented)}: no command ${name}`];
      // npm run up passes its other options on to faas-cli.
      if (name === "up") return [];
      const [, help = ""] =
        new RegExp(`^## npm (?:run )?${name}\\n+(.*?)(?=^## |$(?![\\s\\S]))`, "ms").exec(commandsPage) ?? [];
      const options = [...args!.matchAll(/ (--?[a-z][\w-]*)/g)].map(([, option]) => option!);
      return options
        .filter((option) => !new RegExp(`(^|[\\s,])${option}\\b`, "m").test(help))
        .map((option) => `${line(documented)}: no option ${option}`);
    }),
  );
  expect(wrong).toEqual([]);
});

/** The overlay that readers of the guide for cloud clusters write themselves. */
const readersOverlay = "deploy/overlays/mine";

it("every folder or file of the repository that kubectl applies exists", () => {
  const wrong = commands.flatMap((documented) =>
    [...documented.command.matchAll(/(?:-[kf]|kustomize) (deploy\/\S+)/g)]
      .filter(([, path]) => path !== readersOverlay && !existsSync(join(root, path!)))
      .map(([, path]) => `${line(documented)}: ${path}`),
  );
  expect(wrong).toEqual([]);
});

/** The kinds of objects, by their names and short names in kubectl commands. */
const kinds: Record<string, string> = {
  svc: "Service",
  service: "Service",
  deploy: "Deployment",
  deployment: "Deployment",
  statefulset: "StatefulSet",
  job: "Job",
};

/** Objects without a manifest of that name: those of cert-manager, and those whose names get a suffix from kustomize. */
const notInFiles = ["Deployment/cert-manager", "StatefulSet/eth-geth-tx", "Service/eth-geth-tx"];

it("every workload and Service that kubectl names is in the manifests", () => {
  const objects = new Set(notInFiles);
  const manifests = readdirSync(join(root, "deploy"), { recursive: true, encoding: "utf8" });
  for (const path of manifests.filter((file) => file.endsWith(".yaml"))) {
    for (const document of parseAllDocuments(readFileSync(join(root, "deploy", path), "utf8"))) {
      const { kind, metadata } = (document.toJS() ?? {}) as { kind?: string; metadata?: { name?: string } };
      objects.add(`${kind}/${metadata?.name}`);
    }
  }
  const wrong = commands
    .filter(({ command }) => command.includes("kubectl"))
    .flatMap((documented) =>
      [...documented.command.matchAll(/(?<!-[kf] |[\w/])([a-z]+)\/([a-z][a-z0-9-]+)(?![\w/])/g)]
        .filter(([, kind, name]) => kind! in kinds && !objects.has(`${kinds[kind!]}/${name}`))
        .map(([text]) => `${line(documented)}: ${text}`),
    );
  expect(wrong).toEqual([]);
});

it("docs/reference/tests-of-commands.md names each page with commands, and tests that exist", () => {
  const table = readFileSync(join(root, "docs", "reference", "tests-of-commands.md"), "utf8");
  const rows = [...table.matchAll(/^\| \[[^\]]*\]\(\.\.\/([^)]*)\)/gm)].map(([, path]) => path!);
  const listed = rows.map((path) => (path.startsWith("../") ? path.slice(3) : `docs/${path}`));
  const covered = (page: string) =>
    listed.some((path) => path === page || (path.endsWith("/") && page.startsWith(path)));
  const pages = [...new Set(commands.map(({ page }) => page))];
  expect(pages.filter((page) => !covered(page))).toEqual([]);
  expect(listed.filter((path) => !pages.some((page) => page.startsWith(path)))).toEqual([]);
  const tests = [...table.matchAll(/`((?:test|scripts|packages)\/[^`]*)`/g)].map(([, path]) => path!);
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
