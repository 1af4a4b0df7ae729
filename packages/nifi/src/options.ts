import { resolve } from "node:path";
import { defineCommand, UsageError } from "@platform/cli/command";
import { settingsSection } from "@platform/shared/config/setting-rows";
import { nifiSettings } from "./config.ts";

/** What can be done with a flow. */
export const commands = ["deploy", "start", "status", "stop", "export"] as const;

export type Command = (typeof commands)[number];

/** What `npm run nifi` is told. */
export interface NifiOptions {
  command: Command;
  /** The files of the flows, absolute. */
  files: readonly string[];
  /** How long a flow may take until it runs or has stopped, in milliseconds. */
  timeout: number;
}

const defaultFlow = "twitter-sentiment";
const folderOfFlows = "deploy/base/nifi";

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
          "creates or updates the flow's process group from the file, sets its parameters, starts it and waits until it runs; queues are kept, and what is equal is left alone",
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
      text: `deploy sets each parameter of a flow whose name is a variable of the environment that is not empty, such as
KAFKA_BROKERS. A parameter without such a variable keeps the value that it has in NiFi; a new one gets the value of the
file. A process group within a flow is off while one of its parameters has no value; deploy and status name such groups.`,
    },
  ],
  exitCodes: { 1: "failure; for status: not everything runs" },
});

type CommandLine = Pick<ReturnType<typeof nifiCommand.parse>, "values" | "operands">;

/**
 * Reads what `npm run nifi` is told; paths begin at the folder.
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
    files: (flows.length === 0 ? [defaultFlow] : flows).map((flow) => fileOf(flow, folder)),
    timeout: Number(timeout) * 1_000,
  };
}

function isCommand(text: string | undefined): text is Command {
  return commands.some((command) => command === text);
}

function fileOf(flow: string, folder: string): string {
  if (flow.endsWith(".json")) return resolve(folder, flow);
  if (/^[\w-]+$/.test(flow)) return resolve(folder, folderOfFlows, `${flow}.flow.json`);
  throw new UsageError(
    `FLOW must be a name such as ${defaultFlow} or the path of a .json file, not "${flow}"`,
  );
}
