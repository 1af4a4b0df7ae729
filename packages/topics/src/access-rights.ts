import { UsageError } from "@platform/cli/command";
import type { AclEntry } from "kafkajs";

/** Kafka's numbers of resource types and operations: https://kafka.apache.org/protocol */
const resources: Readonly<Record<string, number>> = { topic: 2, group: 3, cluster: 4, "transactional-id": 5 };
const operations: Readonly<Record<string, number>> = {
  Read: 3,
  Write: 4,
  Create: 5,
  Delete: 6,
  Alter: 7,
  Describe: 8,
  DescribeConfigs: 10,
  AlterConfigs: 11,
};
const [literal, prefixed, allow] = [3, 4, 3];

/**
 * Reads rights from lines of the form `CLIENT OPERATION,… RESOURCE NAME`. A name that ends with `*` is a prefix; `*` alone means all
 * names. Text after `#` is a comment.
 * @throws UsageError with the line's number
 */
export function parseRights(text: string): AclEntry[] {
  return text.split("\n").flatMap((line, index) => {
    const words = line
      .replace(/#.*/, "")
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) return [];
    try {
      return parseLine(words);
    } catch (error) {
      throw new UsageError(`line ${index + 1}: ${(error as Error).message}`);
    }
  });
}

function parseLine([
  client = "",
  names = "",
  resource = "",
  name = "",
  ...rest
]: readonly string[]): AclEntry[] {
  if (name === "" || rest.length > 0)
    throw new Error("must have a client, operations, a resource and a name");
  const isPrefix = name.length > 1 && name.endsWith("*");
  return names.split(",").map((operation) => ({
    principal: `User:${client}`,
    host: "*",
    permissionType: allow,
    operation: toNumber(operations, operation),
    resourceType: toNumber(resources, resource),
    resourceName: isPrefix ? name.slice(0, -1) : name,
    resourcePatternType: isPrefix ? prefixed : literal,
  }));
}

function toNumber(numbers: Readonly<Record<string, number>>, name: string): number {
  const number = numbers[name];
  if (number === undefined)
    throw new Error(`"${name}" is unknown; allowed: ${Object.keys(numbers).join(", ")}`);
  return number;
}
