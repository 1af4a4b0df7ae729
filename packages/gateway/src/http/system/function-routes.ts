import { printable } from "@platform/shared/errors/printable";
import type { Router } from "express";
import * as v from "valibot";
import { FunctionNotFoundError } from "../errors.ts";
import type { DeployedDefinition, FunctionProvider } from "../function-provider.ts";
import { isObject } from "../string-record.ts";
import { checkImageAllowed } from "./allowed-images.ts";
import { type Change, type ChangeEvents, type ChangeOptions, changeRoute } from "./changes.ts";
import { functionStatus } from "./function-status.ts";
import { isFunctionName } from "./kubernetes-names.ts";
import { methodNotAllowed } from "./method-not-allowed.ts";
import { parseDeployment } from "./parse-deployment.ts";
import {
  bodyObject,
  describeInvalidValue,
  optionalText,
  parseBody,
  readJson,
  requiredText,
} from "./request-body.ts";
import { readFunctionKey, readNamespace } from "./requested-namespace.ts";
import { InvalidRequestError } from "./system-errors.ts";
import { sendAccepted } from "./warnings.ts";

const maxReplicas = 1_000;
const scaleBody = bodyObject({
  serviceName: optionalText(),
  namespace: optionalText(),
  replicas: v.pipe(
    v.number("must be a whole number"),
    v.check(
      (count) => Number.isInteger(count) && count >= 0 && count <= maxReplicas,
      describeInvalidValue(`must be a whole number from 0 to ${maxReplicas}`),
    ),
  ),
});
const removeBody = bodyObject({
  functionName: requiredText((name) => name !== "", "must be the name of a function"),
  namespace: optionalText(),
});

/** `/system/functions`, `/system/function/NAME` and `/system/scale-function/NAME`. */
export function addFunctionRoutes(router: Router, options: ChangeOptions): void {
  const { functions } = options;
  router
    .route("/functions")
    .get((request, response, next) => {
      readNamespace(options, request)
        .then((namespace) =>
          response.json(functions.inNamespace(namespace).map((target) => functionStatus(target, namespace))),
        )
        .catch(next);
    })
    .post(
      changeRoute(options, toEvents("deploy", "deployed"), (change) =>
        deploy(options, change, 202, (provider, definition) => provider.deploy(definition)),
      ),
    )
    .put(
      changeRoute(options, toEvents("update", "updated"), (change) =>
        deploy(options, change, 200, (provider, definition) => provider.update(definition)),
      ),
    )
    .delete(changeRoute(options, toEvents("removal", "removed"), (change) => remove(options, change)))
    .all(methodNotAllowed(options, ["GET", "HEAD", "POST", "PUT", "DELETE"]));

  router
    .route("/function/:name")
    .get((request, response, next) => {
      readFunctionKey(options, request)
        .then(({ name, namespace }) => {
          const target = functions.get(name, namespace);
          if (target === undefined) throw new FunctionNotFoundError({ name, names: functions.names() });
          response.json(functionStatus(target, namespace));
        })
        .catch(next);
    })
    .all(methodNotAllowed(options, ["GET", "HEAD"]));

  router
    .route("/scale-function/:name")
    .post(changeRoute(options, toEvents("scaling", "scaled"), (change) => scale(options, change)))
    .all(methodNotAllowed(options, ["POST"]));
}

/** Validates the body for POST and PUT, and applies it. */
async function deploy(
  options: ChangeOptions,
  { request, response, provider, facts }: Change,
  status: 200 | 202,
  apply: (provider: FunctionProvider, definition: DeployedDefinition) => Promise<readonly string[]>,
): Promise<void> {
  const body = await readJson(request, response);
  if (isObject(body)) {
    const { service, namespace, image } = body;
    Object.assign(facts, pickTexts({ function: service, namespace, image }));
  }
  const { definition, warnings } = parseDeployment(body);
  const namespace = await readNamespace(options, request, definition.namespace);
  Object.assign(facts, { namespace });
  checkImageAllowed(definition.image, options.allowedImages);
  const further = await apply(provider, { ...definition, namespace });
  sendAccepted(response, status, [...warnings, ...further]);
}

async function remove(options: ChangeOptions, { request, response, provider, facts }: Change): Promise<void> {
  const { functionName, ...body } = parseBody(removeBody, await readJson(request, response));
  const [name = "", ...rest] = functionName.split(".");
  Object.assign(facts, { function: name, namespace: body.namespace });
  const inName = rest.join(".");
  if (inName !== "" && body.namespace !== "" && inName !== body.namespace) {
    throw new InvalidRequestError({
      problems: [
        `namespace is "${printable(body.namespace)}"; it must be that of functionName, ${printable(inName)}`,
      ],
    });
  }
  const namespace = await readNamespace(options, request, body.namespace || inName);
  Object.assign(facts, { namespace });
  checkCanExist(options, name);
  await provider.remove({ name, namespace });
  response.status(200).end();
}

async function scale(options: ChangeOptions, { request, response, provider, facts }: Change): Promise<void> {
  Object.assign(facts, { function: request.params.name });
  const body = parseBody(scaleBody, await readJson(request, response));
  Object.assign(facts, { replicas: body.replicas });
  const key = await readFunctionKey(options, request, body.namespace);
  Object.assign(facts, { function: key.name, namespace: key.namespace });
  const serviceName = body.serviceName || key.name;
  checkCanExist(options, key.name);
  if (serviceName.split(".")[0] !== key.name) {
    throw new InvalidRequestError({
      problems: [
        `serviceName is "${printable(serviceName)}"; it must be the function of the path, ${key.name}`,
      ],
    });
  }
  await provider.scale(key, body.replicas);
  response.status(202).end();
}

/** Rejects invalid names before they reach the provider, which may build URLs from them. @throws FunctionNotFoundError (404) */
function checkCanExist({ functions }: ChangeOptions, name: string): void {
  if (!isFunctionName(name)) throw new FunctionNotFoundError({ name, names: functions.names() });
}

function toEvents(change: string, done: string): ChangeEvents {
  return { done: `function_${done}`, refused: `function_${change}_refused` };
}

function pickTexts(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === "string"));
}
