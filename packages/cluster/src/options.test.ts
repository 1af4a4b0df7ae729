import { clusterCommand, readOptions } from "./options.ts";

const read = (...args: string[]) => readOptions(clusterCommand.parse(args));

it("has defaults for a fresh clone", () => {
  expect(read("up")).toEqual({
    action: "up",
    overlay: "local",
    without: [],
    secrets: ".secrets",
    timeoutMs: 900_000,
    images: true,
    wait: true,
    forward: true,
    force: false,
    yes: false,
  });
});

it("reads every option", () => {
  const args =
    "up --tool k3d --overlay provider --without nifi --without kafka --timeout 90s --no-images --no-forward --no-wait --force";
  expect(read(...args.split(" "), "--secrets", "s")).toMatchObject({
    ...{ tool: "k3d", overlay: "provider", without: ["nifi", "kafka"], timeoutMs: 90_000 },
    ...{ images: false, forward: false, wait: false, force: true, secrets: "s" },
  });
  expect(read("down", "--context", "lab", "-y")).toMatchObject({ context: "lab", yes: true });
});

it.each([
  [[], 'the command must be up, status or down, not "" (see --help)'],
  [["start"], 'the command must be up, status or down, not "start" (see --help)'],
  [["up", "now"], 'unexpected argument "now"'],
  [["up", "--yes"], "--yes belongs to down"],
  [["status", "--overlay", "local"], "--overlay belongs to up"],
  [["up", "--tool", "docker"], '--tool must be one of kind, k3d, minikube, not "docker"'],
  [
    ["up", "--tool", "kind", "--context", "x"],
    "--context selects an existing cluster and --tool creates one; use only one of them",
  ],
  [["up", "--timeout", "15"], '--timeout must be a time such as 90s or 15m, not "15"'],
  [["up", "--without", "a b"], '--without must be the label of an app, not "a b"'],
])("refuses %j", (args, message) => {
  expect(() => read(...args)).toThrow(message);
});
