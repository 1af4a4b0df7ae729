import { AsyncQueue } from "./async-queue.ts";

/** A job that ends when told. */
function job() {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end: () => end(), run: jest.fn(() => ended) };
}

describe("AsyncQueue", () => {
  it("runs so many jobs at a time, in their order, and tells when all have ended", async () => {
    const queue = new AsyncQueue({ concurrency: 2, capacity: 10 });
    const jobs = [job(), job(), job()];
    for (const { run } of jobs) expect(queue.add(run)).toBe(true);
    expect(jobs.map(({ run }) => run.mock.calls.length)).toEqual([1, 1, 0]);
    const idle = queue.idle();
    jobs[0]!.end();
    jobs[2]!.end();
    jobs[1]!.end();
    await idle;
    expect(queue.size).toBe(0);
    expect(jobs[2]!.run).toHaveBeenCalledTimes(1);
  });

  it("takes no job when it is full", () => {
    const queue = new AsyncQueue({ concurrency: 1, capacity: 1 });
    const { run } = job();
    expect([queue.add(run), queue.add(run), queue.add(run)]).toEqual([true, true, false]);
  });

  it("takes no job that would hold more memory than there is, until another has ended", async () => {
    const queue = new AsyncQueue({ concurrency: 1, capacity: 10, memory: 100 });
    const [first, second] = [job(), job()];
    expect([queue.add(first.run, 60), queue.add(second.run, 41), queue.add(second.run, 40)]).toEqual([
      true,
      false,
      true,
    ]);
    first.end();
    second.end();
    await queue.idle();
    expect(queue.add(job().run, 100)).toBe(true);
  });

  it("is idle at once when it has no job", async () => {
    await new AsyncQueue({ concurrency: 1, capacity: 1 }).idle();
  });
});
