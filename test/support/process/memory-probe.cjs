// Preloaded into a process: after SIGUSR2 it collects its garbage and says in a line what memory it has then.

const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

process.on("SIGUSR2", () => {
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  const line = JSON.stringify({ heapUsed, rss, time: performance.now() });
  process.stdout.write(`memory ${line}\n`);
});
