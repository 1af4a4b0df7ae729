import { FailedLogins } from "./failed-logins.ts";

const address = "192.0.2.1";

async function secondsOf(work: Promise<void>): Promise<number> {
  const begin = performance.now();
  await work;
  return performance.now() - begin;
}

it("answers the failures of an address ever later, up to a limit", async () => {
  const logins = new FailedLogins({ firstDelayMs: 20, longestDelayMs: 80 });
  const waits: number[] = [];
  for (let failure = 0; failure < 4; failure++) waits.push(await secondsOf(logins.wait(address)));
  expect(waits[0]).toBeGreaterThanOrEqual(15);
  expect(waits[1]).toBeGreaterThanOrEqual(35);
  expect(waits[2]).toBeGreaterThanOrEqual(75);
  expect(waits[3]).toBeGreaterThanOrEqual(75);
  expect(waits[3]).toBeLessThan(150);
});

it("begins anew for another address, and for one that has been quiet for long", async () => {
  const logins = new FailedLogins({ firstDelayMs: 1, longestDelayMs: 60_000, forgetAfterMs: 5 });
  for (let failure = 0; failure < 5; failure++) await logins.wait(address);
  expect(await secondsOf(logins.wait("192.0.2.2"))).toBeLessThan(10);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await secondsOf(logins.wait(address))).toBeLessThan(10);
});

it("blocks an address for which enough answers wait, and no other one", () => {
  const logins = new FailedLogins({ mostWaiting: 2 });
  void logins.wait(address);
  expect(logins.isBlocked(address)).toBe(false);
  void logins.wait(address);
  expect(logins.isBlocked(address)).toBe(true);
  expect(logins.isBlocked("192.0.2.2")).toBe(false);
});

it("takes the addresses of one IPv6 network for one", () => {
  const logins = new FailedLogins({ mostWaiting: 1 });
  void logins.wait("2001:db8::1");
  expect(logins.isBlocked("2001:db8:0:0:ffff::2")).toBe(true);
  expect(logins.isBlocked("2001:db8:0:1::1")).toBe(false);
});

it("remembers so many addresses and no more", () => {
  const logins = new FailedLogins({ mostAddresses: 3 });
  for (let host = 1; host <= 10; host++) void logins.wait(`192.0.2.${host}`);
  expect(logins.size).toBe(3);
});

it("lets no more than so many answers wait in all", async () => {
  const logins = new FailedLogins({ mostWaitingInAll: 1 });
  void logins.wait(address);
  expect(await secondsOf(logins.wait("192.0.2.2"))).toBeLessThan(100);
});
