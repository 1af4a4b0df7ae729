import { resolve } from "node:path";
import { defineCommand, UsageError } from "@platform/cli/command";
import { settingsSection } from "@platform/shared/config/setting-rows";
import { nifiSettings } from "./config.ts";

/** The commands of `npm run nifi`. */
export const commands = ["deploy", "start", "status", "stop", "export"] as const;

export type Command = (typeof commands)[number];

/** The parsed command line of `npm run nifi`. */
export interface NifiOptions {
  command: Command;
  /** The absolute paths of the flow files. */
  files: readonly string[];
  /** Time limit until a flow runs or has stopped, in milliseconds. */
  timeout: number;
}

const defaultFlow = "twitter-sentiment";
const flowsFolder = "deploy/base/nifi";

/** The command `npm run nifi`. */
export const nifiCommand = defineCommand({
  name: "npm run nifi",
  summary: `Deploys the flows of deploy/base/nifi/ to the canvas of a NiFi, and writes changes of the canvas back to the files.
FLOW is the name of a file there (twitter-sentiment, the default, or tweet-enrich) or the path of a .json file.`,
  operands: "COMMAND [FLOW…]",
  options: {
    timeout: {
      type: "string",
      value: "SECONDS",
      description: "time limit for a flow to run or to stop",
      fallback: "120",
    },
  },
  sections: [
    {
      heading: "Commands",
      rows: [
        [
          "deploy",
          "creates or updates the flow's process group from the file, sets its parameters, starts it and waits until it runs; keeps queues and does not touch equal components",
        ],
        ["start", "enables the controller services, starts the processors and waits until they run"],
        ["status", "shows whether the flow runs, its queues and NiFi's latest bulletins"],
        ["stop", "stops the processors and waits for their last threads; controller services stay enabled"],
        ["export", "writes the canvas to the file and keeps the rest of the file as it is"],
      ],
    },
    settingsSection(nifiSettings),
    {
      heading: "Parameters",
      text: `deploy sets each parameter of a flow that has the name of a non-empty environment variable, such as
KAFKA_BROKERS. A parameter without such a variable keeps its value in NiFi; a new one gets the value of the file. A process
group within a flow is off while one of its parameters has no value; deploy and status list such groups.`,
    },
  ],
  exitCodes: { 1: "failure; for status: not everything runs" },
});

type CommandLine = Pick<ReturnType<typeof nifiCommand.parse>, "values" | "operands">;

/**
 * Parses the command line of `npm run nifi`; relative paths start at the folder.
 * @throws UsageError
 */
export function readOptions({ values, operands }: CommandLine, folder: string): NifiOptions {
  const { timeout = "120" } = values;
  const [command, ...flows] = operands;
  if (!/^[1-9]\d{0,5}$/.test(timeout))
    throw new UsageError(`--timeout must be a whole number of seconds above 0, not "${timeout}"`);
  if (!isCommand(command))
    throw new UsageError(
      `the command must be one of ${commands.join(", ")}, not "${command ?? ""}" (see --help)`,
    );
  return {
    command,
    files: (flows.length === 0 ? [defaultFlow] : flows).map((flow) => toFilePath(flow, folder)),
    timeout: Number(timeout) * 1_000,
  };
}

function isCommand(text: string | undefined): text is Command {
  return commands.some((command) => command === text);
}

function toFilePath(flow: string, folder: string): string {
  if (flow.endsWith(".json")) return resolve(folder, flow);
  if (/^[\w-]+$/.test(flow)) return resolve(folder, flowsFolder, `${flow}.flow.json`);
  throw new UsageError(
    `FLOW must be a name such as ${defaultFlow} or the path of a .json file, not "${flow}"`,
  );
}
