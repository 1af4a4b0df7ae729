import { jsonMembers } from "../text/json-members.ts";
import type { Outcome } from "./read-answer.ts";

/**
 * Replaces the results of calls with `asText` by the node's own JSON text. Null stays null.
 * @param json the answer that the outcomes were read from
 */
export function withResultTexts(
  calls: readonly { asText?: boolean }[],
  outcomes: readonly Outcome[],
  json: string,
): Outcome[] {
  if (!calls.some(({ asText }) => asText)) return [...outcomes];
  const texts = resultTexts(json);
  return outcomes.map((outcome, index) => {
    if (!calls[index]?.asText || "error" in outcome || outcome.result === null) return outcome;
    return { result: texts.get(String(index + 1)) ?? [...texts.values()][0] };
  });
}

/** The text of each result in an answer or a batch of answers, by the id of its call. */
function resultTexts(json: string): Map<string, string> {
  const answers = json.trimStart().startsWith("[")
    ? jsonMembers(json).map(({ start, end }) => json.slice(start, end))
    : [json];
  return new Map(answers.flatMap(resultText));
}

function resultText(answer: string): [id: string, text: string][] {
  const texts = new Map(jsonMembers(answer).map(({ name, start, end }) => [name, answer.slice(start, end)]));
  const [id = "null", result] = [texts.get("id"), texts.get("result")];
  return result === undefined ? [] : [[String(JSON.parse(id)), result]];
}
