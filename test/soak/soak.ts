import { setTimeout as pause } from "node:timers/promises";
import { breakConnections } from "./break-connections.ts";
import { blockCalls, sentimentCalls, tweetCalls } from "./calls.ts";
import { createFaultLog } from "./faults.ts";
import { createMemoryWatch, type MemoryReport } from "./memory-watch.ts";
import { checkAnswer, type SoakCall, type Verdict } from "./soak-call.ts";
import { type FunctionName, startSoakStage } from "./soak-stage.ts";

/** The results of a soak test. */
export interface SoakReport {
  answers: Record<FunctionName, Record<Verdict, number>>;
  /** The first answers that are neither right nor an error of a failing peer. */
  wrong: string[];
  /** Functions that exited unexpectedly. */
  ended: string[];
  /** The exit of each function's process on SIGTERM. */
  exits: Record<FunctionName, number | NodeJS.Signals>;
  faults: number;
  brokenConnections: number;
  memory: Record<FunctionName, MemoryReport>;
}

const calls = { sentiment: sentimentCalls, "last-block": blockCalls, "tweet-enrich": tweetCalls };
const names = Object.keys(calls) as FunctionName[];

/** Number of callers of each function, and their pause after an answer: a steady load, independent of the machine's speed. */
const callers = 4;
const rest = 10;
const timeoutMs = 20_000;
const maxWrong = 20;

/** Keeps all functions busy while their peers fail and clients misbehave. Calls `say` with the progress every ten seconds. */
export async function soak(seconds: number, say: (line: string) => void): Promise<SoakReport> {
  await using stage = await startSoakStage();
  const { functions } = stage;
  const end = new AbortController();
  const stopSignal = end.signal;
  const faults = createFaultLog();
  const memory = createMemoryWatch(functions, seconds);
  const perFunction = <T>(make: (name: FunctionName) => T) =>
    Object.fromEntries(names.map((name) => [name, make(name)])) as Record<FunctionName, T>;
  const answers = perFunction(() => ({ right: 0, refused: 0, "peer failed": 0, wrong: 0 }));
  const wrong: string[] = [];
  const ended: string[] = [];
  for (const name of names) {
    functions[name].ended.then((code) => {
      if (stopSignal.aborted) return;
      ended.push(`${name}: ${code}`);
      end.abort();
    });
  }

  async function callOne(name: FunctionName, call: SoakCall): Promise<void> {
    const begin = performance.now();
    const answer = await fetchAnswer(`${functions[name].url}/${call.path}`, call.init);
    const { peer } = call;
    const peerFailed = () => peer !== undefined && faults.overlaps(peer, begin, performance.now());
    const verdict = checkAnswer(call, answer, peerFailed);
    answers[name][verdict] += 1;
    if (verdict === "wrong" && wrong.length < maxWrong) {
      wrong.push(`${name}, ${call.description}: ${answer.status} ${answer.body.slice(0, 300)}`);
    }
  }

  async function keepBusy(name: FunctionName): Promise<void> {
    let number = 0;
    const work = async () => {
      while (!stopSignal.aborted) {
        await callOne(name, calls[name](number++));
        await pause(rest);
      }
    };
    await Promise.all(Array.from({ length: callers }, work));
  }

  const begin = Date.now();
  const clock = setTimeout(() => end.abort(), seconds * 1_000);
  const progress = setInterval(() => {
    const summaries = names.map((name) => `${name} ${formatCounts(answers[name])}`);
    say(`${Math.round((Date.now() - begin) / 1_000)} s, ${faults.count()} faults: ${summaries.join("; ")}`);
  }, 10_000);
  try {
    const urls = names.map((name) => functions[name].url);
    const [brokenConnections] = await Promise.all([
      breakConnections(urls, stopSignal),
      memory.watch(stopSignal),
      ...stage.faults.map((peerFaults) => faults.strike(peerFaults, stopSignal)),
      ...names.map(keepBusy),
    ]);
    for (const name of names) functions[name].signal("SIGTERM");
    const codes = await Promise.all(names.map((name) => functions[name].ended));
    return {
      answers,
      wrong,
      ended,
      exits: perFunction((name) => codes[names.indexOf(name)]!),
      faults: faults.count(),
      brokenConnections,
      memory: perFunction(memory.report),
    };
  } finally {
    end.abort();
    clearTimeout(clock);
    clearInterval(progress);
  }
}

async function fetchAnswer(url: string, init: RequestInit): Promise<{ status: number; body: string }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return { status: 0, body: String((error as Error).cause ?? error) };
  }
}

/** Formats counts of answers for a sentence. */
export function formatCounts(counts: Record<Verdict, number>): string {
  const { right, refused, wrong } = counts;
  return `${right} right, ${refused} rightly refused, ${counts["peer failed"]} honest about their peer, ${wrong} wrong`;
}
