import { join } from "node:path";
import { fullImageName, platformImages, provideImages } from "./images.ts";
import { createKubectl } from "./kubectl.ts";
import { createFakeRunner } from "./testing/fake-runner.ts";
import { deployment } from "./testing/objects.ts";

const root = join(__dirname, "..", "..", "..");
const named = (name: string, image: string) =>
  deployment(name, { spec: { template: { spec: { containers: [{ name, image }] } } } });

it.each([
  ["kafka:4", "docker.io/library/kafka:4"],
  ["library/kafka:4", "docker.io/library/kafka:4"],
  ["apache/kafka:4", "docker.io/apache/kafka:4"],
  ["quay.io/x/y:1", "quay.io/x/y:1"],
  ["localhost/x:1", "localhost/x:1"],
  ["localhost:5000/x:1", "localhost:5000/x:1"],
])("nodes list %s as %s", (image, full) => {
  expect(fullImageName(image)).toBe(full);
});

it("separates our images from third-party ones, and adds the functions to a gateway without functions", () => {
  const gateway = named("gateway", "serverless-data-platform/gateway:0.1.0");
  const kafka = named("kafka", "apache/kafka:4.3.1");
  const { ours, others } = platformImages(root, [gateway, kafka]);
  expect([...ours.keys()]).toEqual(["gateway", "sentiment", "last-block", "tweet-enrich"]);
  expect(others).toEqual(["apache/kafka:4.3.1"]);
  const sentiment = named("sentiment", "serverless-data-platform/sentiment:0.1.0");
  sentiment.metadata.labels = { faas_function: "sentiment" };
  expect([...platformImages(root, [gateway, sentiment]).ours.keys()]).toEqual(["gateway", "sentiment"]);
});

describe("provideImages", () => {
  /** A Docker engine and a node with some images. */
  async function provide(
    docker: Record<string, string>,
    node: readonly string[],
    loaded: Record<string, string>,
    ours: Record<string, string> = {},
  ) {
    const engine = { ...docker };
    const { runner, lines } = createFakeRunner((line) => {
      const image = line.split(" ").at(-1)!;
      if (line.startsWith("kubectl get nodes")) {
        const images = [{ names: node }, { names: null }];
        return { stdout: JSON.stringify({ items: [{ kind: "Node", status: { images } }] }) };
      }
      if (line.startsWith("docker pull")) engine[image] = `sha256:pulled-${image}`;
      if (!line.startsWith("docker image inspect")) return undefined;
      return engine[image] === undefined ? { code: 1 } : { stdout: `${engine[image]}\n` };
    });
    const loads: string[][] = [];
    const context = {
      ...{ runner, root, kubectl: createKubectl(runner, []), say: () => undefined },
      load: async (images: readonly string[]) => void loads.push([...images]),
    };
    const ids = await provideImages(
      context,
      { ours: new Map(Object.entries(ours)), others: ["a:1", "b:1"] },
      loaded,
    );
    return { ids, loads, lines };
  }

  it("pulls images that neither Docker nor the node has, and loads those that the node lacks", async () => {
    const { ids, loads, lines } = await provide({ "a:1": "sha256:a" }, [], {});
    expect(lines.filter((line) => line.startsWith("docker pull"))).toEqual(["docker pull b:1"]);
    expect(loads).toEqual([["a:1", "b:1"]]);
    expect(ids).toEqual({ "a:1": "sha256:a", "b:1": "sha256:pulled-b:1" });
  });

  it("does not pull an image that the node has pulled itself", async () => {
    const { ids, loads, lines } = await provide({ "a:1": "sha256:a" }, ["a:1", "b:1"], { "a:1": "sha256:a" });
    expect(lines.some((line) => line.startsWith("docker pull"))).toBe(false);
    expect([ids, loads]).toEqual([{ "a:1": "sha256:a" }, []]);
  });

  it("reloads a changed image", async () => {
    const docker = { "a:1": "sha256:new", "b:1": "sha256:b" };
    const { loads } = await provide(docker, ["a:1", "b:1"], { "a:1": "sha256:old", "b:1": "sha256:b" });
    expect(loads).toEqual([["a:1"]]);
  });

  it("builds our images by their names in npm run images", async () => {
    const { lines } = await provide({ "a:1": "1", "b:1": "2", "ours:1": "3" }, [], {}, { gateway: "ours:1" });
    expect(lines[0]).toBe(`${process.execPath} ${join(root, "scripts", "images.mjs")} gateway`);
  });
});
