import { describeError } from "@platform/shared/errors/describe-error";
import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { isMissing } from "@platform/shared/kubernetes/kubernetes-error";
import { leasesPath } from "@platform/shared/kubernetes/lease";
import type { Logger } from "@platform/shared/log/logger";
import * as v from "valibot";
import { stringRecord } from "../../http/string-record.ts";
import { decodeReport, type FunctionLoad, reportAnnotation, sumReports } from "./call-report.ts";
import { reportLabels, reportSeconds } from "./report-calls.ts";

const leaseList = v.object({
  items: v.array(
    v.object({
      metadata: v.object({ name: v.string(), annotations: stringRecord() }),
      spec: v.object({ renewTime: v.optional(v.string(), "") }),
    }),
  ),
});
type Lease = v.InferOutput<typeof leaseList>["items"][number];

const labelSelector = Object.entries(reportLabels)
  .map(([name, value]) => `${name}=${value}`)
  .join(",");
/** The age at which the Lease of a killed gateway is deleted, in milliseconds. */
const abandonedMs = 4 * reportSeconds * 1_000;

/** Reads the call reports of all gateways. The age of a report counts from when its renewal was observed. */
export class CallReports {
  readonly #client: KubernetesClient;
  readonly #path: string;
  readonly #log: Logger;
  #sightings = new Map<string, { renewTime: string; at: number }>();

  constructor(options: { client: KubernetesClient; namespace: string; log: Logger }) {
    this.#client = options.client;
    this.#path = leasesPath(options.namespace);
    this.#log = options.log;
  }

  /** Sums the current reports by the functions' called names. */
  async read(): Promise<Map<string, FunctionLoad>> {
    const { items } = v.parse(leaseList, await this.#client.get(this.#path, { labelSelector }));
    const now = performance.now();
    const sightings = new Map(items.map((lease) => [lease.metadata.name, this.#readSighting(lease, now)]));
    this.#sightings = sightings;
    const ageMs = ({ metadata }: Lease) => now - sightings.get(metadata.name)!.at;
    await Promise.all(
      items.filter((lease) => ageMs(lease) > abandonedMs).map((lease) => this.#delete(lease)),
    );
    const valid = items.filter((lease) => ageMs(lease) <= reportSeconds * 1_000);
    return sumReports(valid.map((lease) => this.#decodeLease(lease, ageMs(lease))));
  }

  #readSighting({ metadata: { name }, spec: { renewTime } }: Lease, now: number) {
    const last = this.#sightings.get(name);
    return last?.renewTime === renewTime ? last : { renewTime, at: now };
  }

  #decodeLease({ metadata: { name, annotations } }: Lease, ageMs: number): Map<string, FunctionLoad> {
    try {
      const report = decodeReport(annotations[reportAnnotation] ?? "{}");
      for (const load of report.values()) if (load.inFlight === 0) load.idleMs += ageMs;
      return report;
    } catch (error) {
      this.#log.warn({ lease: name, error: describeError(error) }, "call_report_unreadable");
      return new Map();
    }
  }

  async #delete({ metadata: { name } }: Lease): Promise<void> {
    try {
      await this.#client.delete(`${this.#path}/${name}`);
    } catch (error) {
      if (!isMissing(error)) {
        this.#log.warn({ lease: name, error: describeError(error) }, "call_report_not_deleted");
      }
    }
  }
}
