import { isTooLarge } from "@platform/delivery/is-too-large";
import { retry } from "@platform/shared/clients/retry";
import { isTakenOver } from "@platform/shared/kafka/transaction-writer";
import type { Message, TopicMessages } from "kafkajs";
import { ReplayTakenOverError } from "./errors.ts";
import type { CompactLetter } from "./letter.ts";
import type { LettersClient } from "./letters-client.ts";
import { findOutcome, type Outcomes } from "./outcome.ts";
import { type OutcomeWriter, openOutcomeWriter } from "./outcome-writer.ts";

/** A letter with the message to write, and the outcomes of the letter and its duplicates. */
export interface Settlement {
  letter: CompactLetter;
  outcomes: readonly Message[];
  message?: { topic: string; message: Message };
}

/** Settles each letter of a dead-letter topic exactly once. */
export interface Settler extends AsyncDisposable {
  /** The outcomes at the time when the settler was opened. */
  readonly outcomes: Outcomes;
  /**
   * Settles letters in one transaction, and returns the letters whose message exceeds the size limit of its topic. After a
   * failure it reads the committed outcomes, and retries the other letters.
   * @throws ReplayTakenOverError, and kafkajs's error of the last try.
   */
  settle(settlements: readonly Settlement[]): Promise<Settlement[]>;
}

const maxAttempts = 5;
const backoff = { firstMs: 500, longestMs: 5_000 };

/** Opens the only settler for a dead-letter topic. It fences older settlers. */
export async function openSettler(client: LettersClient, topic: string): Promise<Settler> {
  let writer: OutcomeWriter | undefined;
  let outcomes: Outcomes = new Map();

  /** Opening the writer ends open transactions, so it must precede the read. */
  async function reopen(): Promise<void> {
    await close();
    writer = await openOutcomeWriter(client.kafka, topic);
    outcomes = await client.readOutcomes();
  }

  async function close(): Promise<void> {
    const last = writer;
    writer = undefined;
    await last?.[Symbol.asyncDispose]();
  }

  async function write(settlements: readonly Settlement[]): Promise<void> {
    try {
      await retry(
        async () => {
          if (writer === undefined) await reopen();
          const open = settlements.filter(({ letter }) => findOutcome(letter, outcomes) === undefined);
          if (open.length > 0) await transact(open);
        },
        {
          signal: client.signal,
          backoff,
          shouldRetry: (error, tries) => tries < maxAttempts && !isTakenOver(error) && !isTooLarge(error),
        },
      );
    } catch (cause) {
      throw isTakenOver(cause) ? new ReplayTakenOverError({ topic, cause }) : cause;
    }
  }

  async function transact(settlements: readonly Settlement[]): Promise<void> {
    try {
      const messages = settlements.flatMap((settlement) => settlement.outcomes);
      await writer!.write(messagesByTopic(settlements), messages);
    } catch (error) {
      await close();
      throw error;
    }
  }

  await client.createOutcomesTopic();
  await reopen();
  const settler: Settler = {
    outcomes,
    async settle(settlements) {
      try {
        await write(settlements);
        return [];
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        if (settlements.length === 1) return [...settlements];
      }
      const refused: Settlement[] = [];
      for (const settlement of settlements) refused.push(...(await settler.settle([settlement])));
      return refused;
    },
    [Symbol.asyncDispose]: close,
  };
  return settler;
}

function messagesByTopic(settlements: readonly Settlement[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const { message } of settlements) {
    if (message === undefined) continue;
    const messages = topics.get(message.topic) ?? [];
    messages.push(message.message);
    topics.set(message.topic, messages);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
