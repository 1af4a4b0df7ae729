import { TestEnvironment } from "jest-environment-node";
import type { StartedPrograms } from "../process/program.ts";

/**
 * Ends the programs that a test file has left running, in all cases: after a failed `beforeAll` or a timeout, a test has nothing to
 * dispose of, and Jest would wait for the programs' output forever.
 */
export default class ProgramEnvironment extends TestEnvironment {
  readonly #programs: StartedPrograms = new Set();

  override async setup(): Promise<void> {
    await super.setup();
    this.global.startedPrograms = this.#programs;
  }

  override async teardown(): Promise<void> {
    await Promise.all([...this.#programs].map((program) => program[Symbol.asyncDispose]()));
    await super.teardown();
  }
}
