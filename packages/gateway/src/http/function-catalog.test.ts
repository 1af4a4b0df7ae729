import { FunctionCatalog } from "./function-catalog.ts";
import type { FunctionTarget } from "./function-target.ts";

function target(name: string, namespace?: string): FunctionTarget {
  return {
    definition: { name, namespace, image: "", environment: {}, labels: {}, annotations: {}, secrets: [] },
    createdAt: new Date(0),
    replicas: { wanted: 1, available: 1 },
    keepAlive: false,
    invocations: 0,
    address: async () => undefined,
  };
}

const listNames = (targets: readonly FunctionTarget[]) => targets.map(({ definition }) => definition.name);

it("finds functions by their name, and by name and namespace", () => {
  const [first, second] = [target("f"), target("f", "other")];
  const functions = new FunctionCatalog("data", [first, second]);
  expect(functions.find("f")).toBe(first);
  expect(functions.find("f.data")).toBe(first);
  expect(functions.find("f.other")).toBe(second);
  expect(functions.names()).toEqual(["f", "f.other"]);
  expect(listNames(functions.inNamespace("other"))).toEqual(["f"]);
  for (const name of ["g", "f.elsewhere", "f.data.other", ""])
    expect(() => functions.find(name)).toThrow(/There is no function/);
});

it("treats openfaas-fn as the default namespace, unless a namespace with that name exists", () => {
  const functions = new FunctionCatalog("data", [target("f")]);
  expect(functions.find("f.openfaas-fn").definition.namespace).toBeUndefined();
  functions.set(target("g", "openfaas-fn"));
  expect(() => functions.find("f.openfaas-fn")).toThrow(/There is no function/);
  expect(functions.find("g.openfaas-fn").definition.namespace).toBe("openfaas-fn");
  const configured = new FunctionCatalog("data", [target("f")], ["openfaas-fn"]);
  expect(() => configured.find("f.openfaas-fn")).toThrow(/There is no function/);
});

it("lists the namespaces of settings and of functions", () => {
  const functions = new FunctionCatalog("data", [target("f", "stack")], ["empty"]);
  expect(functions.namespaces()).toEqual(["data", "empty", "stack"]);
});
