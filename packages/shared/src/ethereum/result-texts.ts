import { jsonMembers } from "../text/json-members.ts";

/**
 * The results in a JSON-RPC answer or a batch of answers, as the node wrote them: their JSON text by the id of the call.
 * @param json a valid answer
 */
export function resultTexts(json: string): Map<unknown, string> {
  const answers = json.trimStart().startsWith("[")
    ? jsonMembers(json).map(({ start, end }) => json.slice(start, end))
    : [json];
  return new Map(answers.flatMap(resultText));
}

function resultText(answer: string): [id: unknown, text: string][] {
  const texts = new Map(jsonMembers(answer).map(({ name, start, end }) => [name, answer.slice(start, end)]));
  const [id, result] = [texts.get("id"), texts.get("result")];
  return id === undefined || result === undefined ? [] : [[JSON.parse(id), result]];
}
