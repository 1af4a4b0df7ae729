import { request } from "node:https";
import { join } from "node:path";
import { run } from "../process/command.ts";
import { startProgram, waitForProgram } from "../process/program.ts";
import { root } from "../repo.ts";
import { forward, inData } from "./data-namespace.ts";

/** A node as NiFi's cluster API shows it. */
export interface ClusterNode {
  address: string;
  status: string;
  roles: string[];
  queued: string;
}

/** Calls NiFi's REST API at a pod, with the certificate of the nodes. Returns the answer's text; rejects unless it is a success. */
export async function callNifi(pod: string, path: string): Promise<string> {
  await using forwarded = await forward(pod, 8443);
  const host = `${pod}.nifi.data.svc.cluster.local`;
  const data = JSON.parse(await inData("get", "secret", "nifi", "-o", "jsonpath={.data}"));
  const file = (name: string) => Buffer.from(data[name], "base64");
  return await new Promise((resolve, reject) => {
    const call = request(
      {
        ...{ host: "127.0.0.1", port: forwarded.port, servername: host, path: `/nifi-api/${path}` },
        ...{ ca: file("ca.crt"), cert: file("tls.crt"), key: file("tls.key") },
        headers: { host: `${host}:8443` },
        agent: false,
        timeout: 20_000,
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk) => {
          text += chunk;
        });
        answer.on("end", () => {
          if (answer.statusCode === 200) resolve(text);
          else reject(new Error(`${path}: ${answer.statusCode} ${text}`));
        });
      },
    );
    call.on("timeout", () => call.destroy(new Error(`${path}: no answer`)));
    call.on("error", reject);
    call.end();
  });
}

/** Returns the nodes of the cluster, as seen by the node in a pod. */
export async function clusterNodes(pod: string): Promise<ClusterNode[]> {
  return JSON.parse(await callNifi(pod, "controller/cluster")).cluster.nodes;
}

/** Returns the number of FlowFiles in all queues of the connected nodes. */
export async function queuedFlowFiles(pod: string): Promise<number> {
  const { processGroupStatus } = JSON.parse(await callNifi(pod, "flow/process-groups/root/status"));
  return processGroupStatus.aggregateSnapshot.flowFilesQueued;
}

/** Returns the names and ids of the process groups on a node's own volume. */
export async function storedGroups(pod: string): Promise<string[]> {
  const flow = JSON.parse(await inData("exec", pod, "-c", "nifi", "--", "zcat", "/data/flow.json.gz"));
  const groups: { name: string; instanceIdentifier: string }[] = flow.rootGroup.processGroups;
  return groups.map(({ name, instanceIdentifier }) => `${name} ${instanceIdentifier}`).sort();
}

/** Runs `npm run nifi -- …` like docs/how-to/run-nifi-flows.md: over HTTPS, with the login and the authority of `.secrets`. */
export async function runNifiCommand(
  secrets: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  // NiFi refuses other ports than its own in the header Host.
  await using forwarded = startProgram({
    command: ["kubectl", "-n", "data", "port-forward", "nifi-0", "8443"],
    env: process.env,
  });
  await waitForProgram("port-forward", forwarded, () => forwarded.output().includes("->") || undefined);
  const { code, stdout, stderr } = await run(
    process.execPath,
    [join(root, "packages", "nifi", "dist", "main.cjs"), ...args],
    {
      cwd: root,
      env: {
        NIFI_USERNAME: "admin",
        NIFI_PASSWORD_FILE: join(secrets, "nifi", "password"),
        NIFI_CA_FILE: join(secrets, "nifi", "ca.pem"),
        ...env,
      },
    },
  );
  if (code !== 0) throw new Error(`npm run nifi -- ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}
