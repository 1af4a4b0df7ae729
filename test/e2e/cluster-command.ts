import { runCluster } from "../support/gateway/local-platform.ts";
import { inData } from "../support/kubernetes/data-namespace.ts";
import { type StartedProgram, startProgram, waitForProgram } from "../support/process/program.ts";
import { root } from "../support/repo.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;

/** Declares tests of `npm run cluster` on a platform that it has started. @param upArguments the arguments of that `up` */
export function describeClusterCommand(upArguments: () => readonly string[]): void {
  it("shows workloads, versions, restarts and addresses in its status", async () => {
    const output = await runCluster("status");
    expect(output).toMatch(/^The cluster of \S+, Kubernetes v1\.\d+\.\d+\n/);
    expect(output).toMatch(/^data +statefulset\/kafka +1\/1 +ready +0 +apache\/kafka:\S+$/m);
    expect(output).toMatch(
      /^data +deployment\/gateway +1\/1 +ready +0 +serverless-data-platform\/gateway:\S+$/m,
    );
    expect(output).toContain("  Console: kubectl -n data port-forward svc/gateway 8080:8080\n");
  });

  describe("up again", () => {
    let pods: string;
    let program: StartedProgram;
    let consoleUrl: string;
    const names = () => inData("get", "pods", "-o", "name");
    const readStatus = () =>
      fetch(consoleUrl).then(
        ({ status }) => status,
        () => 0,
      );

    beforeAll(async () => {
      pods = await names();
      program = startProgram({
        command: [process.execPath, "scripts/cluster.mjs", ...upArguments(), "--no-images"],
        env: process.env,
        cwd: root,
      });
      const url = () => /^ {2}Console +(\S+) .*Ctrl-C ends/ms.exec(program.output())?.[1];
      consoleUrl = await waitForProgram("the forwards", program, url, 2 * minute);
    }, 3 * minute);
    afterAll(() => program?.[Symbol.asyncDispose]());

    it("keeps secrets and pods, and forwards the console's port", async () => {
      expect(program.output()).toContain("Secrets: kept, in ");
      expect(await names()).toBe(pods);
      await waitFor("the console", async () => (await readStatus()) === 401, minute);
    });

    it("forwards again after the pod was replaced", async () => {
      await inData("delete", "pod", "-l", "app=gateway");
      await inData("rollout", "status", "deployment/gateway", "--timeout=60s");
      await waitFor("the console again", async () => (await readStatus()) === 401, minute);
      expect(program.output()).toMatch(/Console: connection lost, .*\n(.*\n)*Console: connected again\n/);
    });

    it("shows the forwarding process in its status", async () => {
      expect(await runCluster("status")).toContain(`Forwarded by the process ${program.pid}:\n  Console `);
    });

    it("exits on Ctrl-C, and leaves the cluster running", async () => {
      program.signal("SIGINT");
      expect(await program.ended).toBe(0);
      expect(program.output()).toContain("The cluster keeps running.");
      expect(await readStatus()).toBe(0);
      expect(await runCluster("status")).toContain("Not forwarded;");
    });
  });
}
