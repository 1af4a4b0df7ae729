import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { KubernetesError } from "@platform/shared/kubernetes/kubernetes-error";
import { recordedLog } from "@platform/shared/testing/recorded-log";
import { encodeReport } from "./call-report.ts";
import { CallReports } from "./read-reports.ts";

afterEach(() => jest.useRealTimers());

it("reads reports even when it cannot delete the report of a killed gateway", async () => {
  jest.useFakeTimers();
  const { log, take } = recordedLog();
  const lease = (pod: string, renewTime: string) => {
    const report = encodeReport(new Map([["f", { inFlight: 2, perSecond: 1, lastAt: Date.now() }]]));
    return {
      metadata: { name: `gateway-calls-${pod}`, annotations: { calls: report } },
      spec: { renewTime },
    };
  };
  let renewals = 0;
  const client = {
    get: async () => ({ items: [lease("killed", "once"), lease("live", String(renewals++))] }),
    delete: async () => {
      throw new KubernetesError({ status: 403, reason: "Forbidden", message: "it is forbidden" });
    },
  } as unknown as KubernetesClient;
  const reports = new CallReports({ client, namespace: "data", log });
  expect((await reports.read()).get("f")).toMatchObject({ inFlight: 4 });
  jest.advanceTimersByTime(61_000);
  expect((await reports.read()).get("f")).toMatchObject({ inFlight: 2 });
  expect(take().join()).toMatch(/call_report_not_deleted/);
});
