import { resolve } from "node:path";
import { parseArgs } from "node:util";

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
  help: boolean;
}

/** An argument that cannot be used; the message says which and how it should be. */
export class OptionError extends Error {}

/** What `--help` prints. */
export const usage = `Usage: npm run nifi -- COMMAND [FLOW…] [options]

Puts the flows of deploy/base/nifi/ on a NiFi's canvas and keeps file and canvas the same.

Commands:
  deploy   creates the flow's process group from the file, or updates it; sets its parameters; starts it and waits
           until it runs. What is queued stays, and what is the same is left alone.
  start    enables the controller services and starts the processors, and waits until they run
  status   says whether it runs, what is queued, and what NiFi complains of; exits 1 unless all runs
  stop     stops the processors and waits for their last threads; controller services stay enabled
  export   writes what is on the canvas to the file: only what was changed there is changed in it

FLOW is the name of a file there (twitter-sentiment, which is the default, or tweet-enrich) or the path of a .json file.

Options:
  --timeout SECONDS   how long a flow may take until it runs or has stopped (default 120)
  --help

Settings, from the environment:
  NIFI_URL            (default https://127.0.0.1:8443)
  NIFI_USERNAME       who logs in; needed with https
  NIFI_PASSWORD       the password, or
  NIFI_PASSWORD_FILE  a file with it
  NIFI_CA_FILE        a PEM file with the authority that signed NiFi's certificate

Parameters are set from the environment, too: deploy sets each parameter of the flow that has the name of a variable
which is not empty (such as KAFKA_BROKERS). One without such a variable keeps the value that NiFi has, so that a later
deploy without the variable undoes nothing; a new one gets the file's. A process group within the flow is off while a
parameter that it refers to has no value.
`;

const defaultFlow = "twitter-sentiment";
const folderOfFlows = "deploy/base/nifi";

/** Reads the arguments; throws OptionError. */
export function readOptions(args: readonly string[], folder: string): NifiOptions {
  const {
    values: { timeout = "120", help = false },
    positionals: [command, ...flows],
  } = parse(args);
  if (!/^[1-9]\d{0,5}$/.test(timeout))
    throw new OptionError(`--timeout must be a whole number of seconds above 0, not "${timeout}"`);
  if (!help && !isCommand(command))
    throw new OptionError(
      `the command must be one of ${commands.join(", ")}, not "${command ?? ""}" (see --help)`,
    );
  return {
    command: isCommand(command) ? command : "status",
    files: (flows.length === 0 ? [defaultFlow] : flows).map((flow) => fileOf(flow, folder)),
    timeout: Number(timeout) * 1_000,
    help,
  };
}

function isCommand(text: string | undefined): text is Command {
  return commands.some((command) => command === text);
}

function fileOf(flow: string, folder: string): string {
  if (flow.endsWith(".json")) return resolve(folder, flow);
  if (/^[\w-]+$/.test(flow)) return resolve(folder, folderOfFlows, `${flow}.flow.json`);
  throw new OptionError(
    `FLOW must be a name such as ${defaultFlow} or the path of a .json file, not "${flow}"`,
  );
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { timeout: { type: "string" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new OptionError(`${(error as Error).message} (npm run nifi -- --help lists the options)`);
  }
}
