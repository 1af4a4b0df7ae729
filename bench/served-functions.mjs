import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readExamples, functionNames } from "../scripts/functions.mjs";
import { constantHandler } from "./constant-handler.mjs";

/**
 * A function's call.
 *
 * @typedef {object} FunctionCall
 * @property {string} name the function's
 * @property {string} [body] of a POST; without it a GET
 * @property {Record<string, string>} headers
 * @property {string} answer a regular expression that must match the answer
 */

/** 140 characters, as most tweets have. */
const tweet =
  "RT @anna: Kubernetes is really easy, isn't it? My new phone is not bad at all, but the weather was terrible :( More on http://t.co/aB3xYz12";

const json = { "content-type": "application/json" };
const tweetOf = (/** @type {string} */ text, id = 0) => ({
  created_at: "Wed Oct 10 20:19:24 +0000 2018",
  id_str: String(1_050_118_621_198_921_728n + BigInt(id)),
  text,
  user: { screen_name: "ada", name: "Ada" },
  lang: "en",
});

/** The calls that the platform has most of. @type {readonly FunctionCall[]} */
const usualCalls = [
  { name: "sentiment", body: tweet, headers: { "content-type": "text/plain" }, answer: '^{"polarity":' },
  { name: "last-block", headers: {}, answer: '"number":\\d+' },
  { name: "tweet-enrich", body: JSON.stringify(tweetOf(tweet)), headers: json, answer: '"polarity":' },
];

/** One call of each function: the usual one, or the first of its examples. @type {readonly FunctionCall[]} */
export const functionCalls = functionNames().map((name) => {
  const usual = usualCalls.find((call) => call.name === name);
  const [example] = readExamples(name);
  const body = example?.method === "POST" ? { body: example.body } : {};
  return usual ?? { name, headers: { "content-type": "text/plain" }, answer: "", ...body };
});

/** A call with a batch, of each function that takes them. @returns {FunctionCall[]} */
export function batchCalls(/** @type {readonly string[]} */ texts) {
  const bodies = {
    sentiment: JSON.stringify(texts),
    "tweet-enrich": JSON.stringify(texts.map((text, index) => tweetOf(text, index))),
  };
  const answer = '^\\[{(?!"index").*"polarity":';
  return Object.entries(bodies).map(([name, body]) => ({ name, body, headers: json, answer }));
}

/** A function's call as `fetch` takes it. @returns {RequestInit} */
export function requestOf(/** @type {FunctionCall} */ { body, headers }) {
  return { method: body === undefined ? "GET" : "POST", headers, body: body ?? null };
}

/** A function's call as http-client.mjs takes it. */
export function taskOf(/** @type {string} */ url, /** @type {FunctionCall} */ { body, headers, answer }) {
  return { url, body, headers, answer };
}

/**
 * Serves functions, and constants in their place, under the node18 template's host and its Node.js.
 *
 * @param {typeof import("./services.ts")} services
 * @param {Pick<ReturnType<typeof import("./started.mjs").startedOf>, "keep" | "atEnd">} started
 */
export async function servedFunctions(services, { keep, atEnd }) {
  const node = await keep(services.startFakeNode());
  const folder = mkdtempSync(join(tmpdir(), "bench-handlers-"));
  atEnd(() => rmSync(folder, { recursive: true }));
  const newHandler = () => mkdtempSync(join(folder, "handler-"));
  const settings = { ...services.stackEnvironment, GETH_RPC_ENDPOINT: node.url };

  /** Our own template, and the Node.js of its image. */
  const lean = { template: services.leanTemplate, node: services.nodeBinary(24) };
  const start = (
    /** @type {string} */ handler,
    /** @type {Record<string, string>} */ env,
    /** @type {Partial<typeof lean>} */ host = { node: services.node18() },
  ) => services.startTemplateHost({ handler, env: { ...settings, ...env }, ...host });

  /** The folder of a handler that answers a function's call always as the function did once. */
  async function constantOf(/** @type {FunctionCall} */ call) {
    const handler = newHandler();
    const host = await start(services.distOf(call.name), {});
    try {
      const answer = await fetch(host.url, requestOf(call));
      const { headers: answered } = answer;
      constantHandler(handler, await answer.text(), { "content-type": answered.get("content-type") ?? "" });
    } finally {
      await host[Symbol.asyncDispose]();
    }
    return handler;
  }

  return { settings, lean, start, newHandler, constantOf };
}
