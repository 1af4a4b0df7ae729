import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { readCommands } from "./docs/commands-page.mjs";

const root = join(__dirname, "..");

/** Runs a program in the repo's folder. */
async function run(program: string, args: string[], env: Record<string, string> = {}) {
  return promisify(execFile)(program, args, { cwd: root, env: { ...process.env, ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) =>
      ({ code, stdout, stderr }) as { code: number; stdout: string; stderr: string },
  );
}

const node = (...args: string[]) => run(process.execPath, args);
const gitStatus = async () => (await run("git", ["status", "--porcelain"])).stdout;

const commands = readCommands();

describe("every command of package.json", () => {
  const helps = new Map<string, Awaited<ReturnType<typeof node>>>();
  let changes: { before: string; after: string };

  beforeAll(async () => {
    const before = await gitStatus();
    await Promise.all(
      commands.map(async ({ name, script }) => helps.set(name, await node(script, "--help"))),
    );
    changes = { before, after: await gitStatus() };
  }, 120_000);

  it("changes no file when it prints its help", () => {
    expect(changes.after).toBe(changes.before);
  });

  it.each(commands)("npm run $name prints its help in the common layout", ({ name }) => {
    const { code, stdout, stderr } = helps.get(name)!;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^Usage: npm .*\[options\].*\n\n[\s\S]+\n\nOptions:\n[\s\S]+\n\nExit codes:\n {2}0 /,
    );
    expect(stdout).toContain(`npm ${name === "start" || name === "test" ? name : `run ${name}`} -- `);
  });

  it("refuses an unknown option with exit code 2, unless it passes options through", async () => {
    const strict = commands.filter(
      ({ name }) => !helps.get(name)!.stdout.includes("All other options go to"),
    );
    const answers = await Promise.all(strict.map(({ script }) => node(script, "--no-such-option")));
    for (const { code, stderr } of answers) {
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(
          /^npm .*: unknown option --no-such-option.* --help lists the options\)\n$/,
        ),
      });
    }
    expect(strict.length).toBeGreaterThan(0);
  }, 120_000);
});

it("explains an option that npm consumed, and suggests the nearest option for a misspelled one", async () => {
  const npm = (...args: string[]) => run("npm", ["run", "--silent", "fuzz", ...args]);
  expect(await npm("--minutes", "5")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(
      "npm run fuzz: npm took --minutes 5 as its own option; put two hyphens before it: npm run fuzz -- --minutes 5",
    ),
  });
  expect(await npm("--", "--minuets", "5")).toMatchObject({
    code: 2,
    stderr:
      "npm run fuzz: unknown option --minuets; did you mean --minutes? (npm run fuzz -- --help lists the options)\n",
  });
}, 60_000);
