import { JobQueue } from "./job-queue.ts";

/** A job that a test ends. */
function job() {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end: () => end(), run: jest.fn(() => ended) };
}

describe("JobQueue", () => {
  it("runs at most the given number of jobs at a time, in order, until all have ended", async () => {
    const queue = new JobQueue({ concurrency: 2, capacity: 10 });
    const jobs = [job(), job(), job()];
    for (const { run } of jobs) queue.add(run, 1);
    expect(jobs.map(({ run }) => run.mock.calls.length)).toEqual([1, 1, 0]);
    const idle = queue.idle();
    jobs[0]!.end();
    jobs[2]!.end();
    jobs[1]!.end();
    await idle;
    expect(queue.size).toBe(0);
    expect(jobs[2]!.run).toHaveBeenCalledTimes(1);
  });

  it("has no room at its capacity", () => {
    const queue = new JobQueue({ concurrency: 1, capacity: 1 });
    const { run } = job();
    const room = [0, 1, 2].map(() => {
      const hasRoom = queue.hasRoom(1);
      if (hasRoom) queue.add(run, 1);
      return hasRoom;
    });
    expect(room).toEqual([true, true, false]);
  });

  it("has no room for a job above the limit of bytes until another one ends", async () => {
    const queue = new JobQueue({ concurrency: 1, capacity: 10, bytes: 100 });
    const first = job();
    queue.add(first.run, 60);
    expect([queue.hasRoom(41), queue.hasRoom(40)]).toEqual([false, true]);
    first.end();
    await queue.idle();
    expect(queue.hasRoom(100)).toBe(true);
  });

  it("starts no further jobs after stop(), and is idle when the running ones end", async () => {
    const queue = new JobQueue({ concurrency: 1, capacity: 10 });
    const [running, waiting, late] = [job(), job(), job()];
    queue.add(running.run, 1);
    queue.add(waiting.run, 1);
    queue.stop();
    const idle = queue.idle();
    queue.add(late.run, 1);
    running.end();
    await idle;
    expect([waiting.run, late.run].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  });

  it("is idle at once without jobs", async () => {
    await new JobQueue({ concurrency: 1, capacity: 1 }).idle();
  });
});
