import { FailedLogins } from "./failed-logins.ts";

const address = "192.0.2.1";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Measures the delay of a failure's answer, in steps of 10 ms. */
async function measureDelay(logins: FailedLogins, clientAddress: string): Promise<number> {
  const begin = Date.now();
  let isAnswered = false;
  void logins.wait(clientAddress).then(() => (isAnswered = true));
  await jest.advanceTimersByTimeAsync(0);
  while (!isAnswered) await jest.advanceTimersByTimeAsync(10);
  return Date.now() - begin;
}

it("doubles the delay with each failure of an address, up to a limit", async () => {
  const logins = new FailedLogins({ firstDelayMs: 20, longestDelayMs: 100 });
  const delays: number[] = [];
  for (let failure = 0; failure < 5; failure++) delays.push(await measureDelay(logins, address));
  expect(delays).toEqual([20, 40, 80, 100, 100]);
});

it("restarts for another address, and after a quiet time", async () => {
  const logins = new FailedLogins({ firstDelayMs: 20, forgetAfterMs: 60_000 });
  await measureDelay(logins, address);
  await jest.advanceTimersByTimeAsync(59_000);
  expect(await measureDelay(logins, address)).toBe(40);
  expect(await measureDelay(logins, "192.0.2.2")).toBe(20);
  await jest.advanceTimersByTimeAsync(61_000);
  expect(await measureDelay(logins, address)).toBe(20);
});

it("blocks only the address with too many delayed responses", async () => {
  const logins = new FailedLogins({ maxWaiting: 2, firstDelayMs: 20 });
  void logins.wait(address);
  expect(logins.isBlocked(address)).toBe(false);
  void logins.wait(address);
  expect(logins.isBlocked(address)).toBe(true);
  expect(logins.isBlocked("192.0.2.2")).toBe(false);
  await jest.advanceTimersByTimeAsync(20);
  expect(logins.isBlocked(address)).toBe(false);
});

it("treats the addresses of an IPv6 network as one", () => {
  const logins = new FailedLogins({ maxWaiting: 1 });
  void logins.wait("2001:db8::1");
  expect(logins.isBlocked("2001:db8:0:0:ffff::2")).toBe(true);
  expect(logins.isBlocked("2001:db8:0:1::1")).toBe(false);
});

it("limits the number of remembered addresses", () => {
  const logins = new FailedLogins({ maxAddresses: 3 });
  for (let host = 1; host <= 10; host++) void logins.wait(`192.0.2.${host}`);
  expect(logins.size).toBe(3);
});

it("limits the delayed responses of all addresses", async () => {
  const logins = new FailedLogins({ maxWaitingInAll: 1 });
  void logins.wait(address);
  expect(await measureDelay(logins, "192.0.2.2")).toBe(0);
  expect(logins.isBlocked("192.0.2.2")).toBe(true);
  expect(logins.isBlocked("192.0.2.3")).toBe(false);
});
