/**
 * Declares the tests that need a service. If it is unavailable, they are skipped with its name, or fail with
 * REQUIRE_SERVICES=1.
 */
export function requireService(name: string, isAvailable: boolean, tests: () => void): void {
  if (isAvailable) {
    tests();
  } else if (process.env.REQUIRE_SERVICES === "1") {
    it(`needs ${name}`, () => {
      throw new Error(`${name} is missing, and REQUIRE_SERVICES=1`);
    });
  } else {
    it.skip(`needs ${name}`, () => undefined);
  }
}
