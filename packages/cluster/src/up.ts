import { applyPlatform } from "./apply-platform.ts";
import { checkDocker, checkNodes } from "./check-size.ts";
import { missingTools } from "./choose-tool.ts";
import type { CommandContext } from "./command-context.ts";
import { allEndpoints, endpointLines } from "./endpoints.ts";
import { LoaderMissingError, ProgramsMissingError } from "./errors.ts";
import { type Cluster, findCluster, selectsOwnCluster, startOwnCluster } from "./find-cluster.ts";
import { existingEndpoints, forwardedEndpoints, forwardPorts } from "./forward-ports.ts";
import { isFunction, platformImages, provideImages } from "./images.ts";
import { readRecord } from "./namespace-record.ts";
import { hasFunctionsLater, type Overlay, readOverlay } from "./overlay.ts";
import { hasKubectl, missingPrograms } from "./programs.ts";
import { sumRequests } from "./resources.ts";
import { requireVersion } from "./server-version.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

/** `npm run cluster -- up`: brings the platform from any state to ready. */
export async function up(context: CommandContext): Promise<void> {
  const { runner, root, options, config, say, signal } = context;
  const overlay = await readRequired(context);
  const cluster = await findCluster(runner, root, options, config);
  if (options.images && cluster.load === undefined) throw new LoaderMissingError(cluster.title);
  await startCluster(context, cluster, overlay);
  const { kubectl } = cluster;
  const record = (await readRecord(kubectl)) ?? { isOurs: true, objects: [], images: {} };
  const images = options.images ? await loadImages(context, cluster, overlay, record.images) : {};
  await applyPlatform(context, kubectl, overlay, { record, images });
  if (!options.wait) {
    say('Applied; "npm run cluster -- status" shows the progress.');
    return;
  }
  await waitUntilReady({ kubectl, say, signal, timeoutMs: options.timeoutMs }, overlay.objects);
  say(`${cluster.title} runs the platform.`);
  if (hasFunctionsLater(overlay.objects)) say(functionsHint(options.secrets));
  if (kubectl.selection.length > 0) say(`kubectl: kubectl ${kubectl.selection.join(" ")} -n data get pods`);
  await showEndpoints(context, cluster);
}

/**
 * Reads the overlay, and checks that all required programs are installed.
 * @throws ProgramsMissingError with all missing programs
 */
async function readRequired({ runner, root, options, config }: CommandContext): Promise<Overlay> {
  const { overlay: name, without } = options;
  const overlay = (await hasKubectl(runner)) ? await readOverlay(runner, { root, name, without }) : undefined;
  const ours = overlay === undefined ? undefined : [...platformImages(root, overlay.objects).ours.keys()];
  const own = selectsOwnCluster(options, config);
  const missing = await missingPrograms(runner, {
    docker: options.images || own,
    faasCli: options.images && (ours?.some((image) => isFunction(root, image)) ?? true),
  });
  if (own) missing.push(...(await missingTools(runner, options.tool)));
  if (overlay === undefined || missing.length > 0) throw new ProgramsMissingError(missing);
  return overlay;
}

async function startCluster(context: CommandContext, cluster: Cluster, overlay: Overlay): Promise<void> {
  const { own, kubectl, title } = cluster;
  if (own !== undefined) {
    if (own.state === "missing") await checkDocker(context, own.tool, overlay.objects);
    const { processors, memoryBytes } = sumRequests(overlay.objects);
    await startOwnCluster(own, {
      processors: Math.ceil(processors + own.tool.overhead.processors),
      memoryMiB: Math.ceil((memoryBytes + own.tool.overhead.memoryBytes) / 2 ** 20) + 1_024,
    });
  }
  await requireVersion(kubectl, title);
  await checkNodes(context, kubectl, overlay.objects);
}

async function loadImages(
  { runner, root, say }: CommandContext,
  { kubectl, load }: Cluster,
  { objects }: Overlay,
  loaded: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const images = platformImages(root, objects);
  return provideImages({ runner, root, say, kubectl, load: load! }, images, loaded);
}

/** Prints the URLs, and forwards the ports until the signal aborts. */
async function showEndpoints(context: CommandContext, { kubectl }: Cluster): Promise<void> {
  const { root, options, say } = context;
  const all = allEndpoints(options.secrets);
  const forwarded = await forwardedEndpoints(root, kubectl, all);
  if (forwarded !== undefined) {
    say(`\nThe process ${forwarded.pid} forwards the ports:`);
    for (const line of endpointLines(forwarded.list)) say(line);
  } else if (options.forward) {
    await forwardPorts(context, kubectl, await existingEndpoints(kubectl, all));
    say(
      `The cluster keeps running. "npm run cluster -- up" forwards again, "npm run cluster -- down" deletes.`,
    );
  } else say(`"npm run cluster -- up" forwards the ports; "npm run cluster -- status" shows the state.`);
}

const functionsHint = (
  secrets: string,
) => `The gateway has no functions yet. With the console's port forwarded:
  export OPENFAAS_URL=http://127.0.0.1:8080
  faas-cli login --username admin --password-stdin < ${secrets}/gateway/password
  npm run up -- --skip-push`;
