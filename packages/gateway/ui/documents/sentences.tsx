import type {
  AnalysedSentence,
  DocumentAnalysis,
  DocumentRow,
  WordAssessment,
} from "../../src/console/documents/view.ts";
import { polarityText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { locateWords } from "./locate-words.ts";
import { scoreClass } from "./score-class.ts";

/** The sentences of the text, coloured by score, with their scored words. */
export function Sentences({ analysis, row }: { analysis: DocumentAnalysis; row: DocumentRow }) {
  const { sentences, isStoredScore } = analysis;
  return (
    <Panel title="Sentences and the words that made the score">
      {!isStoredScore && <OtherScore analysis={analysis} row={row} />}
      <ol class="documents-sentences">
        {sentences.map((sentence, number) => (
          <li key={number}>
            <Sentence sentence={sentence} />
          </li>
        ))}
      </ol>
      {sentences.length === 0 && <p class="quiet">The text has no sentence.</p>}
      <p class="quiet">
        A sentence's score is the mean of its words' scores, the document's the mean of its sentences'. Words
        without a mark are not in the lexicon.
      </p>
    </Panel>
  );
}

function OtherScore({ analysis, row }: { analysis: DocumentAnalysis; row: DocumentRow }) {
  const stored = row.polarity === null ? "no polarity" : polarityText(row.polarity);
  return (
    <p class="notice" role="note">
      The document has {stored}, TextBlob's analysis here {polarityText(analysis.polarity)}: another engine or
      version scored it.
    </p>
  );
}

function Sentence({
  sentence: { text, polarity, subjectivity, assessments },
}: {
  sentence: AnalysedSentence;
}) {
  return (
    <>
      <p class="documents-sentence" style={{ background: tint(polarity) }}>
        {locateWords(text, assessments).map(({ text: part, assessment }, index) =>
          assessment === undefined ? (
            part
          ) : (
            <mark
              key={index}
              class={scoreClass(assessments[assessment]!.polarity)}
              title={aboutWords(assessments[assessment]!)}
            >
              {part}
            </mark>
          ),
        )}
      </p>
      <p class="documents-score-line">
        <strong class={scoreClass(polarity)}>{polarityText(polarity)}</strong>
        <span class="quiet"> subjectivity {subjectivity.toFixed(2)}</span>
      </p>
      {assessments.length > 0 && (
        <ul class="documents-words" aria-label="Words that count">
          {assessments.map((assessment, index) => (
            <li key={index} title={aboutWords(assessment)}>
              <span>{assessment.words.join(" ")}</span>{" "}
              <span class={scoreClass(assessment.polarity)}>{polarityText(assessment.polarity)}</span>
              {assessment.label !== null && <span class="quiet"> {assessment.label}</span>}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function aboutWords({ words, polarity, subjectivity }: WordAssessment): string {
  return `${words.join(" ")}: polarity ${polarityText(polarity)}, subjectivity ${subjectivity.toFixed(2)}`;
}

/** Returns a light background in the colour of the score. */
function tint(polarity: number): string {
  const share = Math.round(Math.min(1, Math.abs(polarity)) * 22);
  return share === 0
    ? "var(--back)"
    : `color-mix(in srgb, var(--${polarity > 0 ? "good" : "bad"}) ${share + 4}%, transparent)`;
}
