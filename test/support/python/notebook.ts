import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { descendantsOf } from "../process/processes.ts";
import { startProgram } from "../process/program.ts";

const driver = join(__dirname, "run_notebook.py");

/** What to execute. */
export interface NotebookRun {
  /** The .ipynb file. It stays as it is: a copy of its folder is executed. */
  notebook: string;
  /** A Python with nbclient and ipykernel (test/support/python/python-environment.ts). */
  python: string;
  env?: Readonly<Record<string, string>>;
  /** The folder that the cells run in; the copy of the notebook's folder when it is left out. */
  cwd?: string;
  /** How long all of it may take, in milliseconds. */
  timeout?: number;
}

/** A cell after its run. */
export interface ExecutedCell {
  id: string;
  type: "code" | "markdown" | "raw";
  source: string;
  /** What it printed to standard output, and the text of what it displayed. */
  text: string;
  /** Its outputs as nbformat has them. */
  outputs: readonly NotebookOutput[];
}

/** An output of a cell: nbformat's names. */
interface NotebookOutput {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  name?: string;
  text?: string;
  data?: Readonly<Record<string, unknown>>;
  ename?: string;
  evalue?: string;
  traceback?: readonly string[];
}

/** A notebook that did not come to its end; the message has the cell's source and what the kernel says. */
class NotebookError extends Error {
  /** The id of the cell that failed or took too long; undefined when not even the first was reached. */
  readonly cell: string | undefined;
  /** What the reader of the notebook sees below that cell. */
  readonly reason: string;

  constructor(notebook: string, cell: ExecutedCell | undefined, reason: string) {
    const where = cell === undefined ? "before its first cell" : `in cell ${cell.id}:\n${cell.source}`;
    super(`${notebook} failed ${where}\n\n${reason}`);
    this.cell = cell?.id;
    this.reason = reason;
  }
}

/**
 * Executes a notebook with nbclient, all that Jupyter and matplotlib write in a temporary folder, and gives its cells.
 * @throws NotebookError when a cell fails, the kernel dies, or the time is over; nothing of it runs on then.
 */
export async function runNotebook(run: NotebookRun): Promise<ExecutedCell[]> {
  const temporary = await mkdtemp(join(tmpdir(), "notebook-"));
  try {
    return await execute(run, temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function execute(run: NotebookRun, temporary: string): Promise<ExecutedCell[]> {
  const { notebook, python, env = {}, timeout = 120_000 } = run;
  const folder = join(temporary, "work");
  await cp(dirname(notebook), folder, { recursive: true });
  const copy = join(folder, basename(notebook));

  const program = startProgram({
    command: [python, driver, copy],
    cwd: run.cwd ?? folder,
    env: { ...process.env, ...homes(temporary), ...env },
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    // One by one: the kernel puts itself in a process group of its own.
    for (const { pid } of [program, ...descendantsOf(program.pid)]) end(pid);
  }, timeout);
  const code = await program.ended.finally(() => clearTimeout(timer));

  const cells = await readCells(copy);
  if (code === 0) return cells;
  const reached = [...program.output().matchAll(/^cell (\d+)$/gm)].at(-1)?.[1];
  const cell = reached === undefined ? undefined : cells[Number(reached)];
  const complaint = cell?.outputs.find(({ output_type }) => output_type === "error")?.traceback?.join("\n");
  const reason = late ? `not within ${timeout} ms` : (complaint ?? program.output().trim());
  throw new NotebookError(basename(notebook), cell, stripVTControlCharacters(reason));
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

/** Where Jupyter, IPython and matplotlib keep what is theirs; the user's own settings and kernels stay out. */
function homes(folder: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(folder, "jupyter", "config"),
    JUPYTER_DATA_DIR: join(folder, "jupyter", "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "jupyter", "runtime"),
    JUPYTER_PATH: "",
    IPYTHONDIR: join(folder, "ipython"),
    MPLCONFIGDIR: join(folder, "matplotlib"),
  };
}

/** nbformat: a text may be one string or a list of lines. */
type Text = string | string[];

interface NotebookFile {
  cells: {
    id: string;
    cell_type: ExecutedCell["type"];
    source: Text;
    outputs?: (Omit<NotebookOutput, "text"> & { text?: Text })[];
  }[];
}

async function readCells(file: string): Promise<ExecutedCell[]> {
  const { cells } = JSON.parse(await readFile(file, "utf8")) as NotebookFile;
  return cells.map(({ id, cell_type: type, source, outputs: written = [] }) => {
    const outputs = written.map(({ text, ...rest }) => ({
      ...rest,
      ...(text === undefined ? {} : { text: joined(text) }),
    }));
    const text = outputs.map(textOf).join("");
    return { id, type, source: joined(source), text, outputs };
  });
}

function textOf({ name, text = "", data }: NotebookOutput): string {
  return name === "stderr" ? "" : text + joined((data?.["text/plain"] ?? "") as Text);
}

function joined(text: Text): string {
  return typeof text === "string" ? text : text.join("");
}
