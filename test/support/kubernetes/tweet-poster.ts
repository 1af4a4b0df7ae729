import { waitFor } from "../wait-for.ts";
import { kubectl } from "./kubernetes.ts";

/** A pod that posts tweets and repeats each until the answer is 202. */
export interface TweetPoster extends AsyncDisposable {
  /** Resolves when this number of tweets has got 202. */
  accepted(count: number, milliseconds: number): Promise<void>;
}

const namespace = "tweet-poster";

/** Starts it in a namespace that the network policies allow to send tweets. */
export async function startTweetPoster(
  url: string,
  ids: readonly string[],
  pauseMs: number,
): Promise<TweetPoster> {
  const script = `const http = require("node:http");
const { setTimeout: pause } = require("node:timers/promises");
const ids = process.argv[1].split(",");
const post = (id) => new Promise((resolve) => {
  const user = { screen_name: "ada", name: "Ada" };
  const tweet = { id_str: id, created_at: "Wed Oct 10 20:19:24 +0000 2018", text: "People are kind", user };
  const headers = { "content-type": "application/json" };
  const call = http.request(process.argv[2], { method: "POST", headers, agent: false, timeout: 8000 }, (answer) => {
    answer.resume().on("end", () => resolve(answer.statusCode === 202)).on("error", () => resolve(false));
  });
  call.on("timeout", () => call.destroy()).on("error", () => resolve(false));
  call.end(JSON.stringify(tweet));
});
for (let poster = 0; poster < 8; poster++) (async () => {
  for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
    while (!(await post(id))) await pause(200);
    console.log("accepted", id);
    await pause(${pauseMs});
  }
})();`;
  const inNamespace = (...args: string[]) => kubectl(["-n", namespace, ...args]);
  await kubectl(["create", "namespace", namespace]);
  const stop = async () => {
    await kubectl(["delete", "namespace", namespace, "--ignore-not-found"]);
  };
  try {
    await kubectl(["label", "namespace", namespace, "feeds-data=true"]);
    const image = "serverless-data-platform/sentiment:0.1.0"; // any image with Node.js
    const args = ["run", "poster", `--image=${image}`, "--restart=Never", "--command", "--"];
    await inNamespace(...args, "node", "-e", script, ids.join(), url);
  } catch (error) {
    await stop();
    throw error;
  }
  const lines = async () => {
    const log = await inNamespace("logs", "poster").catch(() => "");
    return new Set(log.split("\n").filter((line) => line.startsWith("accepted"))).size;
  };
  return {
    async accepted(count, milliseconds) {
      await waitFor(`${count} tweets accepted`, async () => (await lines()) >= count, milliseconds);
    },
    [Symbol.asyncDispose]: stop,
  };
}
