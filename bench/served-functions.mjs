import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { functionNames, readExamples } from "../scripts/functions.mjs";
import { constantHandler } from "./constant-handler.mjs";

/**
 * A call of a function.
 *
 * @typedef {object} FunctionCall
 * @property {string} name the name of the function
 * @property {string} [body] the body of a POST; without a body, a GET
 * @property {Record<string, string>} headers
 * @property {string} answer a regular expression that must match the answer
 */

/** 140 characters, like most tweets. */
const tweet =
  "RT @anna: Kubernetes is really easy, isn't it? My new phone is not bad at all, but the weather was terrible :( More on http://t.co/aB3xYz12";

const json = { "content-type": "application/json" };
const createTweet = (/** @type {string} */ text, id = 0) => ({
  created_at: "Wed Oct 10 20:19:24 +0000 2018",
  id_str: String(1_050_118_621_198_921_728n + BigInt(id)),
  text,
  user: { screen_name: "ada", name: "Ada" },
  lang: "en",
});

/** The most frequent calls of the platform. @type {readonly FunctionCall[]} */
const usualCalls = [
  { name: "sentiment", body: tweet, headers: { "content-type": "text/plain" }, answer: '^{"polarity":' },
  { name: "last-block", headers: {}, answer: '"number":\\d+' },
  { name: "tweet-enrich", body: JSON.stringify(createTweet(tweet)), headers: json, answer: '"polarity":' },
];

/** One call of each function: the usual call, or its first example. @type {readonly FunctionCall[]} */
export const functionCalls = functionNames().map((name) => {
  const usual = usualCalls.find((call) => call.name === name);
  const [example] = readExamples(name);
  const body = example?.method === "POST" ? { body: example.body } : {};
  return usual ?? { name, headers: { "content-type": "text/plain" }, answer: "", ...body };
});

/** A call with a batch for each function that accepts batches. @returns {FunctionCall[]} */
export function batchCalls(/** @type {readonly string[]} */ texts) {
  const bodies = {
    sentiment: JSON.stringify(texts),
    "tweet-enrich": JSON.stringify(texts.map((text, index) => createTweet(text, index))),
  };
  const answer = '^\\[{(?!"index").*"polarity":';
  return Object.entries(bodies).map(([name, body]) => ({ name, body, headers: json, answer }));
}

/** Converts a call to the options of `fetch`. @returns {RequestInit} */
export function toRequest(/** @type {FunctionCall} */ { body, headers }) {
  return { method: body === undefined ? "GET" : "POST", headers, body: body ?? null };
}

/** Converts a call to a task of http-client.mjs. */
export function toTask(/** @type {string} */ url, /** @type {FunctionCall} */ { body, headers, answer }) {
  return { url, body, headers, answer };
}

/**
 * Serves functions, and handlers that return constants, under the node18 template's host and its Node.js.
 *
 * @param {typeof import("./services.ts")} services
 * @param {Pick<ReturnType<typeof import("./started.mjs").trackStarted>, "use" | "defer">} started
 */
export async function servedFunctions(services, { use, defer }) {
  const node = await use(services.startFakeNode());
  const folder = mkdtempSync(join(tmpdir(), "bench-handlers-"));
  defer(() => rmSync(folder, { recursive: true }));
  const newHandler = () => mkdtempSync(join(folder, "handler-"));
  const settings = { ...services.stackEnvironment, GETH_RPC_ENDPOINT: node.url };

  /** The template node-lean with the Node.js of its image. */
  const lean = { template: services.leanTemplate, node: services.nodeBinary(24) };
  const start = (
    /** @type {string} */ handler,
    /** @type {Record<string, string>} */ env,
    /** @type {Partial<typeof lean>} */ host = { node: services.node18() },
  ) => services.startTemplateHost({ handler, env: { ...settings, ...env }, ...host });

  /** Creates a handler that returns a recorded answer of the function; returns its folder. */
  async function recordConstant(/** @type {FunctionCall} */ call) {
    const handler = newHandler();
    const host = await start(services.bundleFolder(call.name), {});
    try {
      const answer = await fetch(host.url, toRequest(call));
      const { headers: answered } = answer;
      constantHandler(handler, await answer.text(), { "content-type": answered.get("content-type") ?? "" });
    } finally {
      await host[Symbol.asyncDispose]();
    }
    return handler;
  }

  return { settings, lean, start, newHandler, recordConstant };
}
