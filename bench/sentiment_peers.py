"""One contender of sentiment.mjs: sentiment_peers.py NAME TEXTS. Reads the texts, warms up, prints `ready`, and then answers
each line of its input with one measurement."""

import json
import sys
import time

WHICH, TEXTS = sys.argv[1:]


def textblob():
    from textblob import TextBlob

    # The computation of the function in the OpenFaaS store.
    def polarity_of(text):
        sentences = TextBlob(text).sentences
        polarity = subjectivity = 0
        for sentence in sentences:
            score = sentence.sentiment
            subjectivity += score.subjectivity
            polarity += score.polarity
        return polarity / len(sentences)

    return polarity_of


def vader():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda text: analyzer.polarity_scores(text)["compound"]


polarity_of = {"textblob": textblob, "vader": vader}[WHICH]()
with open(TEXTS, encoding="utf-8") as file:
    texts = json.load(file)


def measure(texts, seconds):
    """Score the texts repeatedly until `seconds` of processor time are used."""
    start, passes, used = time.process_time(), 0, 0.0
    while used < seconds:
        total = 0
        for text in texts:
            total += polarity_of(text)
        passes += 1
        used = time.process_time() - start
    return {"texts": passes * len(texts), "seconds": used, "sum": total}


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


measure(texts[:1000], 0.5)
say("ready")
for _ in sys.stdin:
    say(measure(texts, 1))
