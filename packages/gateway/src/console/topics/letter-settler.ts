import type { Letter } from "@platform/dead-letters/letter";
import type { StayReason } from "@platform/dead-letters/replay-plan";
import { defaultBatch, defaultReplays as maxReplays } from "@platform/dead-letters/rules";
import { readOutcomeEnds, requireFew } from "./letter-counts.ts";
import { readEnds } from "./read-offsets.ts";
import type { TopicsClient } from "./topics-client.ts";
import { SettlingError } from "./topics-errors.ts";
import type { SettledView, SettleRequest } from "./view.ts";

const noProgress = () => undefined;

/** Replays and discards dead letters with the code of `npm run dead-letters`, in one run at a time for each topic. */
export class LetterSettler {
  readonly #client: TopicsClient;
  readonly #running = new Set<string>();

  constructor(client: TopicsClient) {
    this.#client = client;
  }

  /**
   * Settles the selected waiting letters. When the signal aborts, the remaining letters stay unsettled.
   * @throws SettlingError, TopicNotFoundError, TooManyLettersError, and the errors of replayLetters and discardLetters
   */
  async settle(
    action: "replay" | "discard",
    topic: string,
    request: SettleRequest,
    signal: AbortSignal,
  ): Promise<SettledView> {
    await this.#client.use(async (connection) => {
      requireFew(await readEnds(connection, topic), "letters");
      await readOutcomeEnds(connection);
    });
    if (this.#running.has(topic)) throw new SettlingError({ topic });
    this.#running.add(topic);
    try {
      const [{ openLettersClient }, { discardLetters }, { replayLetters }] = await Promise.all([
        import("@platform/dead-letters/letters-client"),
        import("@platform/dead-letters/discard-letters"),
        import("@platform/dead-letters/replay-letters"),
      ]);
      await using client = await openLettersClient(await this.#client.createKafka(), signal);
      const { isDryRun } = request;
      const shared = {
        topic,
        matches: createMatcher(request),
        batchSize: defaultBatch,
        isDryRun,
        progress: noProgress,
      };
      if (action === "discard") {
        const discarded = await discardLetters(client, shared);
        return { settled: discarded.length, duplicates: 0, staying: [] };
      }
      const rules = { maxReplays, allowIncomplete: false, to: undefined };
      const { planned, staying } = await replayLetters(client, { ...shared, rules });
      const reasons = new Map<StayReason, number>();
      for (const { reason } of staying) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      return {
        settled: planned.length,
        duplicates: planned.reduce((sum, { duplicates }) => sum + duplicates.length, 0),
        staying: [...reasons].map(([reason, count]) => ({ reason, count })),
      };
    } catch (error) {
      throw signal.aborted ? error : this.#client.toError(error);
    } finally {
      this.#running.delete(topic);
    }
  }
}

/** Creates the filter of a request. replayLetters and discardLetters leave out letters with an outcome. */
function createMatcher({ filter = {}, letters }: SettleRequest): (letter: Letter) => boolean {
  const positions = letters && new Set(letters);
  return (letter) =>
    (positions === undefined || positions.has(`${letter.partition}/${letter.offset}`)) &&
    (filter.code === undefined || letter.code === filter.code) &&
    (filter.function === undefined || letter.functionName === filter.function) &&
    filter.state !== "replayed" &&
    filter.state !== "discarded" &&
    (filter.state !== "waiting" || letter.replays < maxReplays) &&
    (filter.state !== "exhausted" || letter.replays >= maxReplays);
}
