import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { kafkaImage } from "./kafka-image.ts";

it("names the Kafka image of the cluster", () => {
  const file = join(__dirname, "../../../../deploy/components/images/kustomization.yaml");
  const { images } = parse(readFileSync(file, "utf8")) as {
    images: { name: string; newName: string; newTag: string }[];
  };
  const { newName, newTag } = images.find(({ name }) => name === "kafka")!;
  expect(kafkaImage).toBe(`${newName}:${newTag}`);
});
