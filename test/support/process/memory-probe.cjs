// Preloaded into a process: after SIGUSR2 it collects its garbage and prints its memory usage on a line.

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
