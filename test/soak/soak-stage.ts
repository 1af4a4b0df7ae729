import { startFakeNode } from "../support/ethereum/fake-node.ts";
import {
  type StartedTemplateHost,
  stackEnvironment,
  startTemplateHost,
} from "../support/openfaas/template-host.ts";
import { createDisposables } from "../support/process/disposables.ts";
import { probedMemory } from "../support/process/memory.ts";
import { bundleFolder, node18 } from "../support/repo.ts";
import type { Fault } from "./faults.ts";

/** The functions under test, and their peers. */
export interface SoakStage extends AsyncDisposable {
  functions: Readonly<Record<FunctionName, StartedTemplateHost>>;
  /** The faults of each peer; those of one peer take turns. */
  faults: readonly (readonly Fault[])[];
}

export type FunctionName = "sentiment" | "last-block" | "tweet-enrich";

/** Time limits of the functions: shorter than a fault lasts, and longer than a busy machine takes to answer. */
const shortTimeouts = { GETH_TIMEOUT: "2000ms", GETH_TOTAL_TIMEOUT: "2100ms", ENRICH_TIMEOUT: "2100ms" };

/** Starts a process for each function, and another one of sentiment, which scores texts for tweet-enrich. */
export async function startSoakStage(): Promise<SoakStage> {
  const { use, dispose } = createDisposables();
  const start = (name: string, settings: Readonly<Record<string, string>>, port?: number) =>
    startTemplateHost({
      handler: bundleFolder(name),
      node: node18(),
      env: { ...stackEnvironment, ...settings },
      ...(port === undefined ? {} : { port }),
    });
  try {
    const node = use(await startFakeNode());
    let scorer = await start("sentiment", {});
    use({ [Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose]() });
    const settings = {
      ...probedMemory,
      ...shortTimeouts,
      GETH_RPC_ENDPOINT: node.url,
      SENTIMENT_URL: scorer.url,
    };
    const functions = {
      sentiment: use(await start("sentiment", settings)),
      "last-block": use(await start("last-block", settings)),
      "tweet-enrich": use(await start("tweet-enrich", settings)),
    };

    const mood = (which: typeof node.mood) => () => {
      node.mood = which;
    };
    const port = Number(new URL(scorer.url).port);
    const kill = async () => {
      scorer.signal("SIGKILL");
      await scorer.ended;
    };
    const revive = async () => {
      scorer = await start("sentiment", {}, port);
    };
    const faults: Fault[][] = [
      [
        { peer: "the node", description: "is killed", begin: node.kill, end: node.revive },
        { peer: "the node", description: "is slow", begin: mood("slow"), end: mood("well") },
        { peer: "the node", description: "resets connections", begin: mood("resetting"), end: mood("well") },
        { peer: "the node", description: "answers garbage", begin: mood("garbled"), end: mood("well") },
      ],
      [
        { peer: "the scorer", description: "is killed", begin: kill, end: revive },
        {
          peer: "the scorer",
          description: "stands still",
          begin: () => scorer.signal("SIGSTOP"),
          end: () => scorer.signal("SIGCONT"),
        },
      ],
    ];
    return { functions, faults, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
