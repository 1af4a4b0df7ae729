"""Scores texts with the real TextBlob, line by line: {"text": …} on stdin, the result on stdout, both NDJSON.

{"whole": …} returns the sentiment of the whole text, which differs from the mean over its sentences.
A text without sentences has the means 0, as in packages/textblob; all other values are TextBlob's own.
"""

import json
import sys

from textblob import TextBlob


def answer(text):
    sentences = TextBlob(text).sentences
    polarity = subjectivity = 0
    details = []
    for sentence in sentences:
        score = sentence.sentiment
        polarity += score.polarity
        subjectivity += score.subjectivity
        details.append({
            "text": sentence.raw,
            "polarity": score.polarity,
            "subjectivity": score.subjectivity,
            "assessments": [
                {"words": words, "polarity": p, "subjectivity": s, "label": label}
                for words, p, s, label in sentence.sentiment_assessments.assessments
            ],
        })
    count = len(sentences) or 1
    return {"polarity": polarity / count, "subjectivity": subjectivity / count, "sentences": details}


def whole(text):
    polarity, subjectivity = TextBlob(text).sentiment
    return {"polarity": polarity, "subjectivity": subjectivity}


for line in sys.stdin:
    question = json.loads(line)
    said = whole(question["whole"]) if "whole" in question else answer(question["text"])
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
