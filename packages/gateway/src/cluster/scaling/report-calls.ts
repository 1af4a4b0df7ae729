import { describeError } from "@platform/shared/errors/describe-error";
import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { leasesPath, microTime } from "@platform/shared/kubernetes/lease";
import type { Logger } from "@platform/shared/log/logger";
import { refreshPeriodically } from "@platform/shared/service/refresh-periodically";
import type { CallCounts } from "../../http/call-counts.ts";
import type { FunctionCatalog } from "../../http/function-catalog.ts";
import { encodeReport, reportAnnotation } from "./call-report.ts";
import { CallWindow } from "./call-window.ts";

/** Options of the reports. */
export interface ReportCallsOptions {
  client: KubernetesClient;
  /** The gateways' own namespace. */
  namespace: string;
  /** The gateway's pod. */
  pod: string;
  functions: FunctionCatalog;
  counts: CallCounts;
  log: Logger;
}

/** The labels of the Leases with reports. */
export const reportLabels = { "app.kubernetes.io/component": "call-report" };
/** The lifetime of a report without a renewal. */
export const reportSeconds = 15;

const intervalMs = 2_000;
const renewMs = 5_000;

/**
 * Reports a gateway's calls in its Lease `gateway-calls-POD`: every 2 seconds when they changed, else every
 * 5 seconds. Disposal deletes the Lease.
 */
export function reportCalls(options: ReportCallsOptions): AsyncDisposable {
  const { client, namespace, pod, functions, counts, log } = options;
  const window = new CallWindow(counts, functions);
  const name = `gateway-calls-${pod}`;
  const path = `${leasesPath(namespace)}/${name}`;
  let reported = { activities: "", at: Number.NEGATIVE_INFINITY };

  async function report(): Promise<void> {
    const sample = window.sample();
    const activities = JSON.stringify([...sample]);
    const now = performance.now();
    if (activities === reported.activities && now - reported.at < renewMs) return;
    await client.apply(path, {
      apiVersion: "coordination.k8s.io/v1",
      kind: "Lease",
      metadata: { name, labels: reportLabels, annotations: { [reportAnnotation]: encodeReport(sample) } },
      spec: { holderIdentity: pod, leaseDurationSeconds: reportSeconds, renewTime: microTime() },
    });
    reported = { activities, at: now };
  }

  const reports = refreshPeriodically(report, intervalMs, log);
  return {
    async [Symbol.asyncDispose]() {
      await reports[Symbol.asyncDispose]();
      await client.delete(path).catch((error: unknown) => {
        log.warn({ lease: name, error: describeError(error) }, "call_report_not_deleted");
      });
    },
  };
}
