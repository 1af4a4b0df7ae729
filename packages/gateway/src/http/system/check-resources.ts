import { printable } from "@platform/shared/errors/printable";
import { parseQuantity } from "./quantity.ts";

type Quantities = Readonly<Record<string, string>>;

const resources = ["cpu", "memory"];

/** What keeps a function from having these requests and limits, a clause for each problem. */
export function checkResources({ requests, limits }: { requests: Quantities; limits: Quantities }): string[] {
  const problems = [...checkQuantities("requests", requests), ...checkQuantities("limits", limits)];
  if (problems.length > 0) return problems;
  return resources.flatMap((resource) => {
    const [request, limit] = [requests[resource] || "0", limits[resource] || "Infinity"];
    if (limit === "Infinity" || parseQuantity(request)! <= parseQuantity(limit)!) return [];
    return [`requests.${resource} is ${request}; limits.${resource} is ${limit}, which is less`];
  });
}

function checkQuantities(kind: string, quantities: Quantities): string[] {
  return Object.entries(quantities).flatMap(([resource, quantity]) => {
    if (!resources.includes(resource)) return [`${kind}: "${printable(resource)}" must be cpu or memory`];
    if (quantity === "" || parseQuantity(quantity) !== undefined) return [];
    return [`${kind}.${resource} is "${printable(quantity)}"; it must be a quantity such as 128Mi or 250m`];
  });
}
