import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { readDescendants } from "../process/processes.ts";
import { startProgram } from "../process/program.ts";

const driver = join(__dirname, "run_notebook.py");

/** Options of an execution. */
export interface NotebookRun {
  /** The .ipynb file. It does not change: a copy of its folder is executed. */
  notebook: string;
  /** A Python with nbclient and ipykernel (test/support/python/python-environment.ts). */
  python: string;
  env?: Readonly<Record<string, string>>;
  /** The working directory of the cells; default: the copy of the notebook's folder. */
  cwd?: string;
  /** Time limit of the execution in milliseconds. */
  timeout?: number;
}

/** An executed cell. */
export interface ExecutedCell {
  id: string;
  type: "code" | "markdown" | "raw";
  source: string;
  /** Its standard output, and the text of its displayed results. */
  text: string;
  /** Its outputs in nbformat. */
  outputs: readonly NotebookOutput[];
}

/** An output of a cell, with nbformat's names. */
interface NotebookOutput {
  output_type: "stream" | "display_data" | "execute_result" | "error";
  name?: string;
  text?: string;
  data?: Readonly<Record<string, unknown>>;
  ename?: string;
  evalue?: string;
  traceback?: readonly string[];
}

/** A notebook that did not complete; the message has the cell's source and the kernel's error. */
class NotebookError extends Error {
  /** The id of the cell that failed or took too long; undefined if the first cell was not reached. */
  readonly cell: string | undefined;
  /** The text below that cell in the notebook. */
  readonly reason: string;

  constructor(notebook: string, cell: ExecutedCell | undefined, reason: string) {
    const where = cell === undefined ? "before its first cell" : `in cell ${cell.id}:\n${cell.source}`;
    super(`${notebook} failed ${where}\n\n${reason}`);
    this.cell = cell?.id;
    this.reason = reason;
  }
}

/**
 * Executes a notebook with nbclient, and returns its cells. Files of Jupyter and matplotlib are in a temporary folder.
 * @throws NotebookError if a cell fails, the kernel dies, or the time is over; all processes have then ended.
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
    env: { ...process.env, ...toHomeSettings(temporary), ...env },
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    // Each process is killed separately, because the kernel has a process group of its own.
    for (const { pid } of [program, ...readDescendants(program.pid)]) end(pid);
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
    // It has exited by itself.
  }
}

/** Folders of Jupyter, IPython and matplotlib, so that the user's own settings and kernels have no effect. */
function toHomeSettings(folder: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(folder, "jupyter", "config"),
    JUPYTER_DATA_DIR: join(folder, "jupyter", "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "jupyter", "runtime"),
    JUPYTER_PATH: "",
    IPYTHONDIR: join(folder, "ipython"),
    MPLCONFIGDIR: join(folder, "matplotlib"),
  };
}

/** nbformat: a text is one string or a list of lines. */
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
    const outputText = outputs.map(toOutputText).join("");
    return { id, type, source: joined(source), text: outputText, outputs };
  });
}

function toOutputText({ name, text = "", data }: NotebookOutput): string {
  return name === "stderr" ? "" : text + joined((data?.["text/plain"] ?? "") as Text);
}

function joined(text: Text): string {
  return typeof text === "string" ? text : text.join("");
}
