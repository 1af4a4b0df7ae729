import { printable } from "@platform/shared/errors/printable";
import { parseQuantity } from "./quantity.ts";

type Quantities = Readonly<Record<string, string>>;

const resources = ["cpu", "memory"];
const minMemoryBytes = 1_024;

/** Lists the problems of a function's requests and limits, a clause each. */
export function checkResources({ requests, limits }: { requests: Quantities; limits: Quantities }): string[] {
  const problems = [...checkQuantities("requests", requests), ...checkQuantities("limits", limits)];
  if (problems.length > 0) return problems;
  return resources.flatMap((resource) => {
    const [request, limit] = [requests[resource] || "0", limits[resource] || "Infinity"];
    if (limit === "Infinity" || parseQuantity(request)! <= parseQuantity(limit)!) return [];
    return [`requests.${resource} is ${request}; it must be at most limits.${resource}, which is ${limit}`];
  });
}

function checkQuantities(kind: string, quantities: Quantities): string[] {
  return Object.entries(quantities).flatMap(([resource, quantity]) => {
    if (!resources.includes(resource)) return [`${kind}: "${printable(resource)}" must be cpu or memory`];
    if (quantity === "") return [];
    const value = parseQuantity(quantity);
    if (value === undefined) {
      return [`${kind}.${resource} is "${printable(quantity)}"; it must be a quantity such as 128Mi or 250m`];
    }
    // Older stack files use 40m for megabytes. Kubernetes reads it as thousandths of a byte, and the container cannot start.
    if (resource === "cpu" || value === 0 || value >= minMemoryBytes) return [];
    return [
      `${kind}.memory is "${printable(quantity)}", which is ${value} bytes; the unit of mebibytes is Mi`,
    ];
  });
}
