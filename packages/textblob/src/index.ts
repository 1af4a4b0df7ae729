export {
  analyze,
  type SentenceAnalysis,
  type SentenceScore,
  scoreSentences,
  splitSentences,
  type TextAnalysis,
} from "./analyze.ts";
export type { Assessment, Label } from "./assessment.ts";
export { score, type TextScore } from "./score.ts";
export { TextTypeError } from "./text-type-error.ts";
