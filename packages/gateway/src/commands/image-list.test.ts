import { imageList } from "./image-list.ts";

const images = `images:
  - { name: kafka, newName: apache/kafka, newTag: 4.3.1 }
  - { name: gateway, newName: serverless-data-platform/gateway, newTag: 0.1.0 }
  - { name: broker, newName: apache/kafka, newTag: 4.3.1 }
`;
const dockerfile = `FROM --platform=linux/amd64 maven:3.9 AS maven
RUN mvn
FROM node:24-alpine
COPY --from=maven /jar /
FROM maven AS last
`;

it("lists each image once, with its kind", () => {
  const lines = imageList(images, [dockerfile, "FROM node:24-alpine\n"]).split("\n");
  expect(lines.filter((line) => !line.startsWith("#"))).toEqual([
    "apache/kafka:4.3.1 pulled",
    "serverless-data-platform/gateway:0.1.0 built",
    "maven:3.9 base",
    "node:24-alpine base",
    "",
  ]);
});
