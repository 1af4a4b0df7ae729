import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import WebSocket from "ws";
import type { BrowserSession } from "./browser-session.ts";

/** A cell of a notebook that a kernel has executed. */
export interface ExecutedCell {
  id: string;
  /** Its standard output, and the text of its displayed results. */
  text: string;
}

/** A cell that failed; the message is the text below it in the notebook. */
class CellError extends Error {
  constructor(
    readonly cell: string,
    readonly reason: string,
  ) {
    super(`cell ${cell} failed:\n${reason}`);
  }
}

/** JupyterHub's REST API and that of a user's server behind it, with a token of the user. */
export class HubApi {
  private constructor(
    private readonly hub: string,
    private readonly user: string,
    private readonly token: string,
  ) {}

  /** Creates a token like the page `Token`, in a logged-in session. */
  static async open(hub: string, user: string, browser: BrowserSession): Promise<HubApi> {
    const url = `${hub}/hub/api/users/${user}/tokens`;
    const page = `${hub}/hub/token`;
    await browser.get(page);
    const names = ["_xsrf", "jupyterhub-hub-login", "jupyterhub-session-id"];
    const cookie = names.map((name) => `${name}=${browser.cookie(page, name)}`).join("; ");
    const response = await fetch(url, {
      method: "POST",
      headers: { ...json, cookie, "x-xsrftoken": browser.cookie(page, "_xsrf") ?? "", referer: page },
      body: JSON.stringify({ note: "test" }),
    });
    if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    const { token } = (await response.json()) as { token: string };
    return new HubApi(hub, user, token);
  }

  async startServer(): Promise<void> {
    await this.call("POST", `/hub/api/users/${this.user}/server`);
  }

  /** Returns the messages of a start, after the server is ready or has failed. */
  async progress(): Promise<ProgressEvent[]> {
    const events = await this.call("GET", `/hub/api/users/${this.user}/server/progress`);
    return [...events.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data!));
  }

  async stopServer(): Promise<void> {
    await this.call("DELETE", `/hub/api/users/${this.user}/server`);
  }

  /** Whether the hub lists a running or starting server of the user. */
  async hasServer(): Promise<boolean> {
    const { servers } = JSON.parse(await this.call("GET", `/hub/api/users/${this.user}`));
    return Object.keys(servers).length > 0;
  }

  /** Writes a file into the home, like the file browser. */
  async upload(path: string, content: string): Promise<void> {
    await this.server("PUT", `/api/contents/${path}`, { type: "file", format: "text", content });
  }

  /** Reads a file of the home, or the document of a notebook. */
  // biome-ignore lint/suspicious/noExplicitAny: a text or a notebook
  async read(path: string): Promise<any> {
    return JSON.parse(await this.server("GET", `/api/contents/${path}`)).content;
  }

  /**
   * Executes a notebook of the server in a new kernel, cell by cell, like JupyterLab.
   * @throws CellError at the first cell that fails
   */
  async execute(path: string): Promise<ExecutedCell[]> {
    const { cells } = (await this.read(path)) as {
      cells: { id: string; cell_type: string; source: string }[];
    };
    const code = cells.filter(({ cell_type }) => cell_type === "code");
    return await this.run(path, code);
  }

  /** Executes Python code in a new kernel. Resolves with its output. */
  async python(source: string): Promise<string> {
    const [cell] = await this.run("notebooks/none.ipynb", [{ id: "code", source }]);
    return cell!.text;
  }

  private async run(path: string, cells: readonly { id: string; source: string }[]): Promise<ExecutedCell[]> {
    const session = JSON.parse(
      await this.server("POST", "/api/sessions", {
        path,
        name: "",
        type: "notebook",
        kernel: { name: "python3" },
      }),
    );
    try {
      const channels = `${this.hub.replace("http", "ws")}/user/${this.user}/api/kernels/${session.kernel.id}/channels`;
      const socket = new WebSocket(channels, { headers: this.headers });
      await once(socket, "open");
      try {
        const executed: ExecutedCell[] = [];
        for (const { id, source } of cells)
          executed.push({ id, text: await executeCell(socket, id, source) });
        return executed;
      } finally {
        socket.terminate();
      }
    } finally {
      await this.server("DELETE", `/api/sessions/${session.id}`);
    }
  }

  private server(method: string, path: string, body?: object): Promise<string> {
    return this.call(method, `/user/${this.user}${path}`, body);
  }

  private get headers() {
    return { authorization: `token ${this.token}` };
  }

  private async call(method: string, path: string, body?: object): Promise<string> {
    const response = await fetch(`${this.hub}${path}`, {
      method,
      headers: { ...json, ...this.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = response.body === null ? "" : await text(response.body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return answer;
  }
}

const json = { "content-type": "application/json" };

/** A progress message of JupyterHub's API during a server's start. */
export interface ProgressEvent {
  progress: number;
  message: string;
  ready?: boolean;
  failed?: boolean;
}

/** Sends an execute_request of Jupyter's protocol, and collects the outputs until the kernel has replied and is idle. */
function executeCell(socket: WebSocket, cell: string, code: string): Promise<string> {
  const id = randomUUID();
  const header = { msg_id: id, msg_type: "execute_request", session: id, username: "", version: "5.3" };
  const content = { code, silent: false, store_history: true, allow_stdin: false, stop_on_error: true };
  return new Promise((resolve, reject) => {
    let printed = "";
    let failure: CellError | undefined;
    let missingMessages = 2; // the reply, and the state idle
    const stop = () => {
      socket.off("message", onMessage).off("close", onClose);
    };
    const onClose = () => {
      stop();
      reject(new CellError(cell, "the kernel's connection is closed"));
    };
    const onMessage = (data: WebSocket.RawData) => {
      const message = JSON.parse(String(data));
      if (message.parent_header?.msg_id !== id) return;
      const {
        content: output,
        header: { msg_type: type },
      } = message;
      if (type === "stream" && output.name === "stdout") printed += output.text;
      if (type === "execute_result" || type === "display_data") printed += output.data["text/plain"] ?? "";
      if (type === "error")
        failure = new CellError(cell, stripVTControlCharacters(output.traceback.join("\n")));
      if (type === "execute_reply" || (type === "status" && output.execution_state === "idle"))
        missingMessages -= 1;
      if (missingMessages > 0) return;
      stop();
      if (failure === undefined) resolve(printed);
      else reject(failure);
    };
    socket.on("message", onMessage).on("close", onClose);
    const request = { header: { ...header, date: new Date().toISOString() }, content, channel: "shell" };
    socket.send(JSON.stringify({ ...request, parent_header: {}, metadata: {}, buffers: [] }));
  });
}
