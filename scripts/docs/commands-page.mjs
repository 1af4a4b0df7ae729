import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../install.mjs";

const timeout = 120_000;

/** Scripts that npm runs by itself. */
const hooks = ["postinstall"];

/** Reads the commands of package.json with their scripts, in order. @returns {{ name: string, script: string }[]} */
export function readCommands() {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const commands = Object.entries(scripts).filter(([name]) => !hooks.includes(name));
  return commands.map(([name, line]) => {
    const [script] = /scripts\/[\w-]+\.mjs/.exec(line) ?? [];
    if (script === undefined)
      throw new Error(`the command ${name} in package.json does not run a file in scripts/`);
    return { name, script };
  });
}

/** Generates the page with the help texts of all commands. */
export async function commandsPage() {
  const texts = await Promise.all(
    readCommands().map(async ({ name, script }) => {
      const title = name === "start" || name === "test" ? `npm ${name}` : `npm run ${name}`;
      return `## ${title}\n\n\`\`\`text\n${await readHelp(script)}\`\`\``;
    }),
  );
  return `# Commands

Every command of this repository with its options and exit codes, as \`npm run NAME -- --help\` prints them. \`npm run docs\`
generates this page.

${texts.join("\n\n")}
`;
}

/** @param {string} script */
async function readHelp(script) {
  const { stdout } = await promisify(execFile)(process.execPath, [script, "--help"], { cwd: root, timeout });
  return stdout;
}
