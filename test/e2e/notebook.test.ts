// needs: python
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive } from "../support/process/processes.ts";
import { runNotebook } from "../support/python/notebook.ts";
import { hasPython, PYTHON } from "../support/python/python.ts";
import { pythonEnvironment } from "../support/python/python-environment.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const ethereum = join(root, "notebooks", "ethereum.ipynb");

const notebooks = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

it.each(notebooks)("notebooks/%s is committed without outputs", (name) => {
  const { cells } = JSON.parse(readFileSync(join(root, "notebooks", name), "utf8"));
  for (const cell of cells.filter((candidate: { cell_type: string }) => candidate.cell_type === "code"))
    expect(cell).toMatchObject({ outputs: [], execution_count: null });
});

requireService(PYTHON, hasPython(), () => {
  let python: string;
  let folder: string;

  beforeAll(async () => {
    python = await pythonEnvironment("notebooks", join(root, "notebooks", "requirements.txt"));
  }, 20 * 60_000);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "notebook-test-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** A notebook with these cells. */
  function notebook(...sources: string[]): string {
    const file = join(folder, "some.ipynb");
    const cells = sources.map((source, index) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${index}`,
      metadata: {},
      outputs: [],
      source,
    }));
    writeFileSync(file, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    return file;
  }

  describe("runNotebook", () => {
    it("returns the output of each cell, and does not change the notebook's folder", async () => {
      const file = notebook(
        "print(1 + 1); file = open('left.txt', 'w')",
        "import os; os.environ['GREETING']",
      );
      const before = readFileSync(file, "utf8");
      const cells = await runNotebook({ notebook: file, python, env: { GREETING: "hello" } });
      expect(cells.map(({ text }) => text)).toEqual(["2\n", "'hello'"]);
      expect(readFileSync(file, "utf8")).toBe(before);
      expect(existsSync(join(folder, "left.txt"))).toBe(false);
    }, 60_000);

    it("reports the cell that failed, with the reason", async () => {
      const file = notebook("1", "1 / 0", "print('never')");
      await expect(runNotebook({ notebook: file, python })).rejects.toMatchObject({
        cell: "cell-1",
        reason: expect.stringContaining("ZeroDivisionError: division by zero"),
        message: expect.stringContaining("1 / 0"),
      });
    }, 60_000);

    it("ends the kernel, too, at the time limit", async () => {
      const note = join(folder, "pid.txt");
      const file = notebook(
        `import os, time\nopen(${JSON.stringify(note)}, "w").write(str(os.getpid()))`,
        "time.sleep(600)",
      );
      await expect(runNotebook({ notebook: file, python, timeout: 10_000 })).rejects.toMatchObject({
        cell: "cell-1",
        reason: "not within 10000 ms",
      });
      const kernel = Number(readFileSync(note, "utf8"));
      await waitFor("the end of the kernel", () => !isAlive(kernel));
    }, 60_000);
  });

  describe("notebooks/ethereum.ipynb", () => {
    it("reports in one line that there is no node, without its password", async () => {
      const env = { GETH_RPC_ENDPOINT: "http://user:secret@127.0.0.1:1" };
      await expect(runNotebook({ notebook: ethereum, python, env })).rejects.toMatchObject({
        cell: "connect",
        reason: expect.stringMatching(/^No Ethereum node answers at 127\.0\.0\.1:1\. [^\n]+$/),
      });
    }, 60_000);
  });
});
