import { join } from "node:path";
import { pythonEnvironment } from "../python/python-environment.ts";
import { startPython } from "../python/python-process.ts";
import { root } from "../repo.ts";

/** web3.py on a node, in a Python process. */
export interface StartedWeb3 extends AsyncDisposable {
  /**
   * Returns web3.py's JSON of a block: compact, with keys in alphabetical order and exact integers. It is text, because JavaScript's
   * numbers would round these integers.
   * @throws Error with web3.py's exception, as "BlockNotFound: …".
   */
  block(selector: number | string, options?: { full?: boolean }): Promise<string>;
}

/** Starts web3.py, at the version of notebooks/requirements.txt, on a node's JSON-RPC endpoint. */
export async function startWeb3(url: string): Promise<StartedWeb3> {
  const python = await pythonEnvironment("notebooks", join(root, "notebooks", "requirements.txt"));
  const process = startPython({ python, args: [join(root, "test", "e2e", "web3_block.py"), url] });
  return {
    async block(selector, { full = false } = {}) {
      const [line = ""] = await process.ask([JSON.stringify({ block: selector, full })]);
      const { block, error } = JSON.parse(line) as { block?: string; error?: string };
      if (block === undefined) throw new Error(error);
      return block;
    },
    [Symbol.asyncDispose]: () => process[Symbol.asyncDispose](),
  };
}
