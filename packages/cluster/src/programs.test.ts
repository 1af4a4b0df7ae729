import { missingPrograms } from "./programs.ts";
import { createFakeRunner } from "./testing/fake-runner.ts";

it("lists all missing programs, each with its installation page", async () => {
  const { runner } = createFakeRunner(() => ({ code: 127 }));
  const missing = await missingPrograms(runner, { docker: true, faasCli: true });
  expect(missing.map(({ name }) => name)).toEqual(["kubectl", "docker", "faas-cli"]);
  expect(missing.every(({ advice }) => advice.includes("https://"))).toBe(true);
});

it("distinguishes a stopped Docker engine from a missing docker", async () => {
  const { runner } = createFakeRunner((line) =>
    line.startsWith("docker")
      ? { code: 1, stderr: "Client: …\nCannot connect to the Docker daemon\n" }
      : undefined,
  );
  expect(await missingPrograms(runner, { docker: true, faasCli: true })).toEqual([
    { name: "docker", advice: "does not answer; start it (Cannot connect to the Docker daemon)" },
  ]);
});

it("does not look for programs that a command does not need", async () => {
  const { runner, lines } = createFakeRunner();
  expect(await missingPrograms(runner, { docker: false, faasCli: false })).toEqual([]);
  expect(lines).toEqual(["kubectl version --client"]);
});
