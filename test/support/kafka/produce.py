"""Produces to Kafka with librdkafka. Standard input is JSON: the settings of the producer, messages, and transactions."""

import json
import sys

from confluent_kafka import Producer

work = json.load(sys.stdin)
producer = Producer(work["config"])


def produce(messages):
    for message in messages:
        headers = [(name, None if value is None else bytes.fromhex(value)) for name, value in message.get("headers", [])]
        value, key = message.get("value"), message.get("key")
        producer.produce(
            message["topic"],
            value=None if value is None else bytes.fromhex(value),
            key=None if key is None else bytes.fromhex(key),
            headers=headers,
            on_delivery=fail_unless_delivered,
        )
    if producer.flush(30) > 0:
        sys.exit("Kafka has not acknowledged all messages within 30 seconds")


def fail_unless_delivered(error, _message):
    if error is not None:
        sys.exit(str(error))


produce(work.get("messages", []))
transactions = work.get("transactions", [])
if transactions:
    producer.init_transactions()
for transaction in transactions:
    producer.begin_transaction()
    produce(transaction["messages"])
    if transaction["commits"]:
        producer.commit_transaction()
    else:
        producer.abort_transaction()
