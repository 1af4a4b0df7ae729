import { resolve } from "node:path";
import { defineCommand, type Option, toVariables, UsageError } from "@platform/cli/command";
import type { FeedChoice } from "@platform/feeds/feed-choice";
import type { FeedSettings } from "@platform/feeds/feed-settings";
import type { Environment } from "@platform/shared/config/config-reader";
import { settingOption, settingsSection } from "@platform/shared/config/setting-rows";
import { ConfigError } from "@platform/shared/errors/server-errors";
import type { TracingConfig } from "@platform/shared/telemetry/tracing-settings";
import type { ConsoleConfig } from "../console/console-settings.ts";
import type { CorsOrigins } from "../http/cors.ts";
import { localSettings, readLocalConfig } from "./config.ts";

/** The options of `npm start`. */
export interface GatewayOptions {
  host: string;
  port: number;
  /** The stack file, absolute. */
  stack: string;
  /** The folder with a file for each secret, absolute. */
  secrets: string;
  /** Whether the console is read-only; unset: only beyond loopback. */
  uiReadOnly: boolean | undefined;
  /** Hosts besides loopback that X-Callback-Url may name. */
  callbackHosts: readonly string[];
  /** Origins whose pages may call functions. */
  corsOrigins: CorsOrigins | undefined;
  /** The folder of the embedded store and of asynchronous calls, absolute. */
  dataFolder: string;
  /** Whether invented posts are replayed into it. */
  posts: boolean;
  /** The live posts that replace them. */
  live: FeedChoice | undefined;
  /** The function that a debugger may attach to. */
  inspect: string | undefined;
  /** The services of the console, and the collector of traces. */
  config: ConsoleConfig & TracingConfig & FeedSettings;
}

const {
  PORT: _port,
  HOST: _host,
  STACK: _stack,
  SECRETS_DIR: _secrets,
  DATA_DIR: _data,
  POSTS: _posts,
  LIVE: _live,
  INSPECT: _inspect,
  ...others
} = localSettings;

/** The command `npm start`. */
export const startCommand = defineCommand({
  name: "npm start",
  summary: "Runs the functions of stack.yml behind a local OpenFaaS gateway, with a console at /ui/.",
  options: {
    port: settingOption(localSettings, "PORT", { short: "p", value: "N" }),
    host: settingOption(localSettings, "HOST", { value: "ADDRESS" }),
    stack: settingOption(localSettings, "STACK", { value: "FILE" }),
    secrets: settingOption(localSettings, "SECRETS_DIR", { value: "DIR" }),
    data: settingOption(localSettings, "DATA_DIR", { value: "DIR" }),
    "no-posts": {
      type: "boolean",
      variable: "POSTS",
      sets: "false",
      description: "do not replay invented posts into the embedded store",
    },
    live: settingOption(localSettings, "LIVE", { value: "FEED" }),
    inspect: settingOption(localSettings, "INSPECT", { value: "FUNCTION" }),
  },
  sections: [
    settingsSection(others),
    {
      heading: "Other variables",
      text: "Variables that the stack file names, such as LOG_LEVEL or SENTIMENT_ENGINE, work as with faas-cli.\nLOG_FORMAT (pretty or json) and NO_COLOR apply to the logs of the gateway and its functions.",
    },
  ],
  exitCodes: { 0: "graceful shutdown after Ctrl-C or SIGTERM" },
});

/** The command `npm run dev`: the same gateway, which scripts/dev.mjs notifies of new builds. */
export const devCommand = defineCommand({
  ...startCommand,
  name: "npm run dev",
  summary: `Runs the functions of stack.yml behind the local gateway, as npm start does. When a file is saved, it builds and
restarts the functions that import it; calls in flight finish. It shows build and type errors, and after a build error the
last good build goes on serving. Changes of the gateway and of the stack file need a new start.`,
});

/**
 * Reads the options of `npm start`. Options take precedence over the environment; paths are relative to the folder.
 * @throws UsageError when the value of an option is wrong, ConfigError when the value of a variable is wrong
 */
export function readOptions(
  values: ReturnType<typeof startCommand.parse>["values"],
  env: Environment,
  folder: string,
): GatewayOptions {
  const config = readSettings(toVariables(startCommand.options, values), env);
  const secrets = resolve(folder, config.SECRETS_DIR);
  return {
    host: config.HOST,
    port: config.PORT,
    stack: resolve(folder, config.STACK),
    secrets,
    uiReadOnly: config.UI_READ_ONLY,
    callbackHosts: config.CALLBACK_HOSTS,
    corsOrigins: config.CORS_ORIGINS,
    dataFolder: resolve(folder, config.DATA_DIR),
    posts: config.POSTS,
    live: config.LIVE,
    inspect: config.INSPECT,
    config: { ...config, SECRETS_DIR: secrets },
  };
}

function readSettings(given: Record<string, string>, env: Environment) {
  try {
    return readLocalConfig({ ...env, ...given });
  } catch (error) {
    // The user typed --port, so the message uses that name.
    for (const [option, { variable = "" }] of Object.entries<Option>(startCommand.options)) {
      if (!(error instanceof ConfigError) || given[variable] === undefined) continue;
      const problem = error.problems.find((line) => line.startsWith(`${variable} `));
      if (problem !== undefined) throw new UsageError(problem.replace(variable, `--${option}`));
    }
    throw error;
  }
}
