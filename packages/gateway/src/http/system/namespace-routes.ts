import { printable } from "@platform/shared/errors/printable";
import type { Router } from "express";
import { NamespaceNotFoundError } from "../errors.ts";
import type { FunctionNamespace } from "../function-provider.ts";
import { stringRecord } from "../string-record.ts";
import { type Change, type ChangeOptions, changeRoute } from "./changes.ts";
import { isLabelValue, isNamespaceName, isQualifiedName } from "./kubernetes-names.ts";
import { methodNotAllowed } from "./method-not-allowed.ts";
import { bodyObject, optionalText, parseBody, readJson } from "./request-body.ts";
import { namespaceNames } from "./requested-namespace.ts";
import { InvalidRequestError } from "./system-errors.ts";

const namespaceBody = bodyObject({
  name: optionalText(),
  labels: stringRecord(),
  annotations: stringRecord(),
});

/** `/system/namespaces` and `/system/namespace/NAME`; faas-cli creates one with the name in the body at `/system/namespace/`. */
export function addNamespaceRoutes(router: Router, options: ChangeOptions): void {
  router
    .route("/namespaces")
    .get((_request, response, next) => {
      namespaceNames(options)
        .then((names) => response.json(names))
        .catch(next);
    })
    .all(methodNotAllowed(options, ["GET", "HEAD"]));

  router
    .route("/namespace/:name?")
    .get((request, response, next) => {
      describe(options, request.params.name ?? "")
        .then((namespace) => response.json(namespace))
        .catch(next);
    })
    .post(
      changeRoute(options, toEvents("created"), async (change) => {
        await change.provider.namespaces.create(await readDescription(change));
        change.response.status(201).end();
      }),
    )
    .put(
      changeRoute(options, toEvents("updated"), async (change) => {
        await change.provider.namespaces.update(await readDescription(change));
        change.response.status(202).end();
      }),
    )
    .delete(
      changeRoute(options, toEvents("removed"), async ({ request, response, provider, facts }) => {
        const name = request.params.name ?? "";
        Object.assign(facts, { namespace: name });
        await checkCanExist(options, name);
        await provider.namespaces.remove(name);
        response.status(202).end();
      }),
    )
    .all(methodNotAllowed(options, ["GET", "HEAD", "POST", "PUT", "DELETE"]));
}

/** Rejects invalid names before they reach the provider, which may build URLs from them. @throws NamespaceNotFoundError (404) */
async function checkCanExist(options: ChangeOptions, name: string): Promise<void> {
  if (!isNamespaceName(name))
    throw new NamespaceNotFoundError({ name, names: await namespaceNames(options) });
}

async function describe(options: ChangeOptions, name: string): Promise<FunctionNamespace> {
  await checkCanExist(options, name);
  if (options.provider !== undefined) return options.provider.namespaces.get(name);
  const names = await namespaceNames(options);
  if (!names.includes(name)) throw new NamespaceNotFoundError({ name, names });
  return { name, labels: {}, annotations: {} };
}

/** @throws InvalidRequestError (400) with all problems */
async function readDescription({ request, response, facts }: Change): Promise<FunctionNamespace> {
  const { labels, annotations, ...body } = parseBody(namespaceBody, await readJson(request, response));
  const name = request.params.name ?? body.name;
  Object.assign(facts, { namespace: name });
  const problems = [
    ...(isNamespaceName(name)
      ? []
      : [`name is "${printable(name)}"; it must be 1 to 63 lower-case letters, digits and "-"`]),
    ...(body.name === "" || body.name === name
      ? []
      : [`name is "${printable(body.name)}"; it must be the namespace of the path, ${printable(name)}`]),
    ...Object.entries(labels).flatMap(([key, value]) =>
      isLabelValue(value)
        ? checkKey("labels", key)
        : [`labels: the value of "${printable(key)}" must be a label value`],
    ),
    ...Object.keys(annotations).flatMap((key) => checkKey("annotations", key)),
  ];
  if (problems.length > 0) throw new InvalidRequestError({ problems });
  return { name, labels, annotations };
}

/** Rejects Kubernetes' own keys, which control the rights of a namespace's pods, such as `pod-security.kubernetes.io/enforce`. */
function checkKey(kind: string, key: string): string[] {
  if (!isQualifiedName(key)) return [`${kind}: "${printable(key)}" must be a key such as example.com/team`];
  if (!/(^|\.)(kubernetes|k8s)\.io\//.test(key)) return [];
  return [`${kind}: "${key}" is reserved for administrators of the cluster`];
}

function toEvents(done: "created" | "updated" | "removed") {
  const refused = { created: "creation", updated: "update", removed: "removal" }[done];
  return { done: `namespace_${done}`, refused: `namespace_${refused}_refused` };
}
