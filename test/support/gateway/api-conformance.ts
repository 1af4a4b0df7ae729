import { httpCall } from "../http/http-call.ts";
import type { DocumentedAnswer } from "../openapi/api-description.ts";
import { waitFor } from "../wait-for.ts";
import type { Exercise } from "./api-exercise.ts";
import { createExercises } from "./api-exercises.ts";
import { gatewayApi } from "./gateway-api.ts";
import type { Difference, GatewayUnderTest } from "./gateway-under-test.ts";

const comesUpWithinMs = 60_000;

/**
 * Declares tests of all answers that docs/reference/gateway-api.yml documents, in one order, against one server. The last test fails for
 * each documented answer that no test has caused and no capability excuses.
 *
 * @param url returns the server's URL when the tests run
 */
export function describeGatewayApi(url: () => string, gateway: GatewayUnderTest): void {
  const { differences = [] } = gateway;
  const exercises = createExercises(gateway, Date.now().toString(36)).filter(
    (exercise) => findDifference(differences, exercise)?.instead.length !== 0,
  );

  describe("the API of docs/reference/gateway-api.yml", () => {
    const seen = new Set<string>();
    const titled = exercises.map((exercise, index) => ({ ...exercise, title: toTitle(exercise, index) }));

    it.each(titled)(
      "$title",
      async (exercise) => {
        const difference = findDifference(differences, exercise);
        const statuses = difference?.instead ?? [exercise.status];
        const ask = () => call(url(), gateway, exercise);
        const answer = exercise.eventually
          ? await waitFor(
              `${statuses.join(" or ")}`,
              async () => {
                const latest = await ask();
                return statuses.includes(latest.status) && latest;
              },
              comesUpWithinMs,
            )
          : await ask();
        if (!statuses.includes(answer.status)) {
          throw new Error(
            `${answer.status} instead of ${statuses.join(" or ")}: ${answer.body.slice(0, 500)}`,
          );
        }
        const isCompared = !gateway.isForeign || exercise.status < 300;
        if (isCompared) expect(gatewayApi.bodyProblems(exercise, answer)).toEqual([]);
        exercise.check?.(answer);
        seen.add(toKey(exercise));
      },
      comesUpWithinMs + 5_000,
    );

    const readings = titled.filter(({ operation, status }) => operation.startsWith("GET") && status === 200);
    if (!gateway.isForeign) {
      it.each(readings.filter(isAlwaysThere))("HEAD: $title", async (exercise) => {
        const { status, body } = await call(url(), gateway, exercise, "HEAD");
        expect([status, body]).toEqual([200, ""]);
      });
    }

    it("answers in every documented way", () => {
      const missing = gatewayApi.answers
        .filter((answer) => !seen.has(toKey(answer)) && !isExcused(gateway, answer))
        .map(toKey);
      expect(missing).toEqual([]);
    });
  });
}

/** Removes the functions and secrets of the tests at the end. */
function isAlwaysThere({ name = "", query = "" }: Exercise): boolean {
  return !`${name}${query}`.includes("conformance-");
}

function call(url: string, gateway: GatewayUnderTest, exercise: Exercise, method?: string) {
  const [documented = "", path = ""] = exercise.operation.split(" ");
  const { username, password } = gateway.credentials ?? {};
  const login = Buffer.from(`${username}:${password}`).toString("base64");
  const { body } = exercise;
  const isSystem = path.startsWith("/system");
  return httpCall(`${url}${path.replace("{name}", exercise.name ?? "")}${exercise.query ?? ""}`, {
    method: method ?? documented,
    headers: {
      ...(username === undefined || exercise.anonymous || !isSystem
        ? {}
        : { authorization: `Basic ${login}` }),
      ...(body === undefined ? {} : { "content-type": isSystem ? "application/json" : "text/plain" }),
      ...exercise.headers,
    },
    ...(body === undefined ? {} : { body: isSystem ? JSON.stringify(body) : String(body) }),
  });
}

/** Whether the server's capabilities excuse a missing answer. */
function isExcused(
  { capabilities, credentials, differences = [] }: GatewayUnderTest,
  answer: DocumentedAnswer,
) {
  const { operation, status } = answer;
  const isChange = /^(POST|PUT|DELETE) \/system\//.test(operation);
  const isNamespaceChange = isChange && operation.includes("/system/namespace/");
  return (
    findDifference(differences, answer)?.instead.length === 0 ||
    (status === 401 && credentials === undefined) ||
    (isChange && (status === 405) === capabilities.changes) ||
    (isNamespaceChange && capabilities.namespaces === "fixed" && [201, 202, 404, 409].includes(status)) ||
    (operation.includes("async-function") && !capabilities.async && status !== 404) ||
    (operation === "POST /function/{name}" && status === 200 && !capabilities.runsFunctions) ||
    (operation === "GET /system/logs" && status === 200 && !capabilities.runsFunctions) ||
    (/^(GET|POST) \/system\/function.*409/.test(toKey(answer)) && !capabilities.changes) ||
    (/^((PUT|DELETE) \/system\/functions|POST \/system\/scale-function)/.test(operation) &&
      status === 409 &&
      !capabilities.foreignFunction) ||
    (operation.startsWith("GET /system/function/") && status === 200 && !capabilities.changes)
  );
}

/** Returns the first difference that describes the answer. */
function findDifference(differences: readonly Difference[], { operation, status }: DocumentedAnswer) {
  return differences.find(
    (difference) =>
      (difference.operation ?? operation) === operation && (difference.status ?? status) === status,
  );
}

function toTitle({ operation, status, name, query = "" }: Exercise, index: number): string {
  return `${index + 1}. ${operation.replace("{name}", name ?? "")}${query} → ${status}`;
}

function toKey({ operation, status }: DocumentedAnswer): string {
  return `${operation} ${status}`;
}
