import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import type { MessagePosition } from "@platform/shared/kafka/message-position";
import express, { type Request, type RequestHandler, type Response, Router } from "express";
import { handle } from "../handle-request.ts";
import { browseMessages } from "./browse-messages.ts";
import { readBrowseQuery, readCursor } from "./browse-query.ts";
import { describeGroup, listGroups } from "./consumer-groups.ts";
import { describeTopic, listTopics } from "./describe-topics.ts";
import { lettersRoutes } from "./letters-routes.ts";
import { toMessageView } from "./message-view.ts";
import { produceMessage, readProduceRequest } from "./produce-message.ts";
import { readMessage } from "./read-message.ts";
import { QueryReader } from "./read-query.ts";
import { tailTopic } from "./tail-topic.ts";
import type { TopicsClient, TopicsConnection } from "./topics-client.ts";
import { TooManyTailsError } from "./topics-errors.ts";

/** Maximum bytes of each key, value and header of a single message; the page downloads the rest. */
const shownBytes = 1_000_000;
/** The limit of a request: a message of one megabyte in base64. */
const produceLimit = "3mb";
const maxTails = 20;

/** Options of topicsRoutes. */
export interface TopicsRouteOptions {
  /** Returns the connections. @throws NotConfiguredError, NotStartedError */
  client(): TopicsClient;
  /** Aborts on shutdown, which ends live tails. */
  ending: AbortSignal;
}

/** Below `/ui/api/topics`: topics, messages, consumer groups and dead letters. `~groups` is not a legal name of a topic. */
export function topicsRoutes({ client, ending }: TopicsRouteOptions): Router {
  const router = Router();
  let tails = 0;

  /** Answers with the result of the work, unless the caller has hung up. */
  const answer =
    (work: (connection: TopicsConnection, request: Request, signal: AbortSignal) => Promise<unknown>) =>
    (request: Request, response: Response, next: (error?: unknown) => void) => {
      handle(response, next, async (signal) => {
        const result = await client().use((connection) => work(connection, request, signal));
        if (!signal.aborted) response.json(result);
      });
    };

  router.get("/", noQuery, answer(listTopics));
  router.get("/~groups", noQuery, answer(listGroups));
  router.get(
    "/~groups/:group",
    noQuery,
    answer((connection, { params }) => describeGroup(connection, params.group!)),
  );
  router.get(
    "/:topic",
    noQuery,
    answer((connection, { params }) => describeTopic(connection, params.topic!)),
  );
  router.get(
    "/:topic/messages",
    answer(async (connection, request, signal) =>
      browseMessages(connection, request.params.topic!, readBrowseQuery(request), signal),
    ),
  );
  router.get(
    "/:topic/messages/:partition/:offset",
    noQuery,
    answer(async (connection, request) => {
      const position = readPosition(request);
      return toMessageView(position.partition, await readMessage(connection, position), shownBytes);
    }),
  );
  router.get("/:topic/messages/:partition/:offset/:part(key|value)", noQuery, (request, response, next) => {
    handle(response, next, async () => {
      const position = readPosition(request);
      const message = await client().use((connection) => readMessage(connection, position));
      const part = request.params.part as "key" | "value";
      const name = `${position.topic}-${position.partition}-${position.offset}.${part}`;
      response
        .attachment(name)
        .type("application/octet-stream")
        .send(message[part] ?? Buffer.alloc(0));
    });
  });
  router.get("/:topic/tail", (request, response, next) => {
    handle(response, next, async (signal) => {
      const query = new QueryReader(request, ["partition"]);
      const cursor = readCursor(request.get("last-event-id") || undefined);
      const tail = { topic: request.params.topic!, partition: query.number("partition"), cursor };
      if (tails >= maxTails) throw new TooManyTailsError({ limit: maxTails });
      tails += 1;
      try {
        await tailTopic(client(), tail, response, AbortSignal.any([signal, ending]));
      } catch (error) {
        if (!response.headersSent) throw error;
      } finally {
        tails -= 1;
      }
      response.end();
    });
  });
  router.post(
    "/:topic/messages",
    express.json({ limit: produceLimit }),
    answer(async (connection, { body, params }) => {
      return await produceMessage(connection, params.topic!, readProduceRequest(body));
    }),
  );
  router.use("/:topic/dead-letters", lettersRoutes(client));
  return router;
}

/** Refuses query parameters. */
const noQuery: RequestHandler = (request, _response, next) => {
  new QueryReader(request, []);
  next();
};

function readPosition({ params }: Request): MessagePosition {
  const [partition, offset] = ["partition", "offset"].map((parameter) => {
    const text = params[parameter] ?? "";
    if (!/^\d{1,15}$/.test(text)) throw new InvalidQueryError({ parameter, allowed: "a whole number" });
    return Number(text);
  });
  return { topic: params.topic!, partition: partition!, offset: offset! };
}
