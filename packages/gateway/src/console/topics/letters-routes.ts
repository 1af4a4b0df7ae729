import express, { Router } from "express";
import { handle } from "../handle-request.ts";
import { LetterSettler } from "./letter-settler.ts";
import { listLetters } from "./list-letters.ts";
import { QueryReader } from "./read-query.ts";
import { readSettleRequest } from "./settle-request.ts";
import type { TopicsClient } from "./topics-client.ts";
import { letterStates } from "./view.ts";

const defaultLimit = 100;
const maxLetters = 1_000;

/** Below `/ui/api/topics/NAME/dead-letters`: dead letters, and their replay and discard. */
export function lettersRoutes(client: () => TopicsClient): Router {
  const router = Router({ mergeParams: true });
  let settler: LetterSettler | undefined;
  router.get("/", (request, response, next) => {
    handle(response, next, async (signal) => {
      const query = new QueryReader(request, ["code", "function", "state", "limit"]);
      const filter = {
        code: query.text("code"),
        function: query.text("function"),
        state: query.choice("state", letterStates),
      };
      const limit = query.number("limit", { least: 1, most: maxLetters }) ?? defaultLimit;
      const topic = readTopic(request.params);
      const view = await client().use((connection) =>
        listLetters(connection, topic, { filter, limit }, signal),
      );
      if (!signal.aborted) response.json(view);
    });
  });
  router.post("/:action(replay|discard)", express.json(), (request, response, next) => {
    handle(response, next, async (signal) => {
      const body = readSettleRequest(request.body);
      settler ??= new LetterSettler(client());
      const action = request.params.action as "replay" | "discard";
      const view = await settler.settle(action, readTopic(request.params), body, signal);
      if (!signal.aborted) response.json(view);
    });
  });
  return router;
}

function readTopic(params: object): string {
  return (params as { topic: string }).topic;
}
