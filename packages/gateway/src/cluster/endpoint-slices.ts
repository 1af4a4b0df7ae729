import * as v from "valibot";
import type { FunctionAddress } from "../http/function-target.ts";
import { stringRecord } from "../http/string-record.ts";

/** The ready pods of an EndpointSlice. */
export interface ReadyEndpoints {
  /** The Service that the slice belongs to; undefined for a slice without one. */
  service: string | undefined;
  family: "IPv4" | "IPv6" | "FQDN";
  addresses: readonly FunctionAddress[];
}

/** Selects the slices that belong to Services. */
export const serviceLabel = "kubernetes.io/service-name";

/** The name of a function's port in its Service. */
const portName = "http";

const flag = v.nullish(v.boolean());
const endpointSlice = v.object({
  metadata: v.object({ labels: stringRecord() }),
  addressType: v.picklist(["IPv4", "IPv6", "FQDN"]),
  endpoints: v.nullish(
    v.array(
      v.object({
        addresses: v.array(v.string()),
        conditions: v.optional(v.object({ ready: flag, terminating: flag }), {}),
      }),
    ),
  ),
  ports: v.nullish(v.array(v.object({ name: v.nullish(v.string()), port: v.nullish(v.number()) }))),
});

/** The path of a namespace's EndpointSlices. */
export function endpointSlicesPath(namespace: string): string {
  return `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
}

/** Reads an EndpointSlice. */
export function parseEndpointSlice(object: unknown): ReadyEndpoints {
  const { metadata, addressType: family, endpoints, ports } = v.parse(endpointSlice, object);
  const port = (ports?.find(({ name }) => name === portName) ?? ports?.[0])?.port;
  const ready = (endpoints ?? []).filter(
    ({ conditions }) => conditions.ready !== false && conditions.terminating !== true,
  );
  return {
    service: metadata.labels[serviceLabel],
    family,
    // All addresses of an endpoint belong to the same pod.
    addresses: ready.flatMap(({ addresses: [host] }) =>
      host === undefined || port == null ? [] : { host, port },
    ),
  };
}

/** Lists the addresses of the ready pods of each Service. A pod with addresses of both families counts once. */
export function addressesByService(slices: Iterable<ReadyEndpoints>): Map<string, FunctionAddress[]> {
  const byService = new Map<string, { IPv4: FunctionAddress[]; other: FunctionAddress[] }>();
  for (const { service, family, addresses } of slices) {
    if (service === undefined) continue;
    const entry = byService.get(service) ?? { IPv4: [], other: [] };
    entry[family === "IPv4" ? "IPv4" : "other"].push(...addresses);
    byService.set(service, entry);
  }
  return new Map(
    [...byService].map(([service, { IPv4, other }]) => [service, IPv4.length > 0 ? IPv4 : other]),
  );
}
