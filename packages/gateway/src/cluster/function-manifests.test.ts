import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { parseStack } from "../local/stack.ts";
import { functionManifests, imageName } from "./function-manifests.ts";

const root = join(__dirname, "..", "..", "..", "..");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const stack = (file: string) => parseStack(read(file), {}, root);

describe("deploy/components/functions", () => {
  it("is what npm run manifests makes of stack.yml", () => {
    expect(read("deploy", "components", "functions", "functions.yaml")).toBe(
      functionManifests(stack("stack.yml")),
    );
  });

  it("runs the images that faas-cli builds", () => {
    const { images } = parse(read("deploy", "components", "images", "kustomization.yaml"));
    for (const { image } of stack("stack.yml")) {
      const found = images.find(({ name }: { name: string }) => name === imageName(image));
      expect(`${found?.newName}:${found?.newTag}`).toBe(image);
    }
  });
});

describe("functionManifests", () => {
  it("mounts secrets where faas-cli's functions find them", () => {
    const [deployment] = parseAllDocuments(functionManifests(stack("stack.auth.yml"))).map((one) =>
      one.toJS(),
    );
    const { containers, volumes } = deployment.spec.template.spec;
    expect(volumes).toContainEqual({
      name: "secrets",
      projected: { sources: [{ secret: { name: "hmac-key" } }] },
    });
    expect(containers[0].volumeMounts).toContainEqual({
      name: "secrets",
      mountPath: "/var/openfaas/secrets",
      readOnly: true,
    });
  });
});

describe("imageName", () => {
  it.each([
    ["serverless-data-platform/sentiment:0.1.0", "sentiment"],
    ["registry.example.com:5000/me/last-block:1", "last-block"],
    ["tweet-enrich", "tweet-enrich"],
  ])("of %s is %s", (image, name) => {
    expect(imageName(image)).toBe(name);
  });
});
