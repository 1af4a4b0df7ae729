import type { Assessment } from "./assessment.ts";
import { AssessmentLog } from "./assessment-log.ts";
import { createAssessor } from "./assessor.ts";
import { createSplitter } from "./sentence-splitter.ts";
import { createReader } from "./text-reader.ts";
import { createTokenList } from "./token-list.ts";
import { createTokeniser } from "./tokeniser.ts";

/** Analyses texts up to a maximum length. */
export interface Engine {
  /** The maximum number of code units in a text. */
  readonly capacity: number;
  /** The means of the last scored text. */
  polarity: number;
  subjectivity: number;
  /** Scores a text and returns its number of sentences. */
  score(text: string): number;
  /** Scores a text and calls `see` for each sentence, with assessments if `wantsAssessments`. */
  visit(text: string, wantsAssessments: boolean, see: OnSentence): void;
  /** Calls `see` with the start and end of each sentence. */
  split(text: string, see: (start: number, end: number) => void): void;
}

/** Receives each sentence: its start and end, its means, and its assessments if requested. */
type OnSentence = (
  start: number,
  end: number,
  polarity: number,
  subjectivity: number,
  assessments: Assessment[],
) => void;

const NONE: Assessment[] = [];

/** Creates an engine for texts of up to `capacity` code units, with about 35 bytes per unit. */
export function createEngine(capacity: number): Engine {
  const reader = createReader(capacity);
  const splitter = createSplitter(reader, capacity);
  const tokens = createTokenList(reader, capacity);
  const tokenise = createTokeniser(reader, tokens);
  const assessor = createAssessor(tokens);
  const { bounds } = splitter;
  const engine: Engine = { capacity, polarity: 0, subjectivity: 0, score, visit, split };
  return engine;

  function score(text: string): number {
    reader.read(text);
    const count = splitter.split();
    let polarity = 0;
    let subjectivity = 0;
    let edge = 0;
    for (let at = 0; at < count; at++) {
      edge = tokenise(bounds[2 * at]!, bounds[2 * at + 1]!, edge);
      assessor.assess();
      polarity += assessor.polarity;
      subjectivity += assessor.subjectivity;
    }
    engine.polarity = polarity / (count || 1);
    engine.subjectivity = subjectivity / (count || 1);
    return count;
  }

  function visit(text: string, wantsAssessments: boolean, see: OnSentence): void {
    reader.read(text);
    const count = splitter.split();
    let polarity = 0;
    let subjectivity = 0;
    let edge = 0;
    for (let at = 0; at < count; at++) {
      const log = wantsAssessments ? new AssessmentLog(tokens) : undefined;
      edge = tokenise(bounds[2 * at]!, bounds[2 * at + 1]!, edge);
      assessor.assess(log);
      see(
        bounds[2 * at]!,
        bounds[2 * at + 1]!,
        assessor.polarity,
        assessor.subjectivity,
        log?.assessments ?? NONE,
      );
      polarity += assessor.polarity;
      subjectivity += assessor.subjectivity;
    }
    engine.polarity = polarity / (count || 1);
    engine.subjectivity = subjectivity / (count || 1);
  }

  function split(text: string, see: (start: number, end: number) => void): void {
    reader.read(text);
    const count = splitter.split();
    for (let at = 0; at < count; at++) see(bounds[2 * at]!, bounds[2 * at + 1]!);
  }
}

const STANDARD_CAPACITY = 16_384;

// V8 compiles the arrays of this engine into the code; see createReader. They are zero pages until they are used.
const standard = createEngine(STANDARD_CAPACITY);

/** The engine for a text: a shared one, or a new one for a very long text, so that its buffers are freed. */
export const chooseEngine = (text: string): Engine =>
  text.length <= STANDARD_CAPACITY ? standard : createEngine(text.length);
