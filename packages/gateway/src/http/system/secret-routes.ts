import type { Router } from "express";
import * as v from "valibot";
import { type Change, type ChangeOptions, changeRoute } from "./changes.ts";
import { isSecretName } from "./kubernetes-names.ts";
import { methodNotAllowed } from "./method-not-allowed.ts";
import { bodyObject, optionalText, parseBody, readJson } from "./request-body.ts";
import { readNamespace } from "./requested-namespace.ts";
import { readSecretValue } from "./secret-value.ts";

const keyEntries = {
  // The message does not contain the value, which may be a secret in the wrong key.
  name: v.pipe(
    v.string("must be a text"),
    v.check(
      isSecretName,
      'must be 1 to 244 lower-case letters, digits, "-" and ".", with a letter or digit at both ends',
    ),
  ),
  namespace: optionalText(),
};
const keyBody = bodyObject(keyEntries);
const secretBody = bodyObject({
  ...keyEntries,
  value: v.nullish(v.string("must be a text"), ""),
  rawValue: v.nullish(v.string("must be a text in base64"), ""),
});

/** `/system/secrets`: names are readable, values are write-only. */
export function addSecretRoutes(router: Router, options: ChangeOptions): void {
  router
    .route("/secrets")
    .get((request, response, next) => {
      readNamespace(options, request)
        .then(async (namespace) => {
          const names = (await options.provider?.secrets.list(namespace)) ?? [];
          response.json(names.map((name) => ({ name, namespace })));
        })
        .catch(next);
    })
    .post(
      changeRoute(options, toEvents("created"), async (change) => {
        const secret = await readSecret(options, change);
        await change.provider.secrets.create(secret);
        change.response.status(201).end();
      }),
    )
    .put(
      changeRoute(options, toEvents("updated"), async (change) => {
        const secret = await readSecret(options, change);
        await change.provider.secrets.update(secret);
        change.response.status(200).end();
      }),
    )
    .delete(
      changeRoute(options, toEvents("removed"), async (change) => {
        const body = parseBody(keyBody, await readJson(change.request, change.response));
        await change.provider.secrets.remove(await readKey(options, change, body));
        // OpenFaaS documents 204, but faas-cli treats it as an error.
        change.response.status(202).end();
      }),
    )
    .all(methodNotAllowed(options, ["GET", "HEAD", "POST", "PUT", "DELETE"]));
}

async function readSecret(options: ChangeOptions, change: Change) {
  const body = parseBody(secretBody, await readJson(change.request, change.response));
  const key = await readKey(options, change, body);
  return { ...key, value: readSecretValue(body) };
}

async function readKey(
  options: ChangeOptions,
  { request, facts }: Change,
  { name, namespace: inBody }: { name: string; namespace: string },
) {
  Object.assign(facts, { secret: name, namespace: inBody });
  const namespace = await readNamespace(options, request, inBody);
  Object.assign(facts, { namespace });
  return { name, namespace };
}

function toEvents(done: "created" | "updated" | "removed") {
  const refused = { created: "creation", updated: "update", removed: "removal" }[done];
  return { done: `secret_${done}`, refused: `secret_${refused}_refused` };
}
