"""Reads all committed messages of a topic with librdkafka, one JSON line each in the order of each partition. Arguments: brokers, topic."""

import json
import sys

from confluent_kafka import Consumer, KafkaError, TopicPartition

brokers, topic = sys.argv[1:]
consumer = Consumer(
    {
        "bootstrap.servers": brokers,
        "group.id": "reader-of-tests",
        "enable.auto.commit": False,
        "enable.partition.eof": True,
        "isolation.level": "read_committed",
    }
)
partitions = sorted(consumer.list_topics(topic, 30).topics[topic].partitions)
consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
left = set(partitions)


def hexadecimal(value):
    return None if value is None else value.hex()


while left:
    message = consumer.poll(30)
    if message is None:
        sys.exit("no message within 30 seconds")
    if message.error() is not None:
        if message.error().code() != KafkaError._PARTITION_EOF:
            sys.exit(str(message.error()))
        left.discard(message.partition())
        continue
    headers = [[name, hexadecimal(value)] for name, value in message.headers() or []]
    content = [hexadecimal(message.key()), hexadecimal(message.value()), headers, message.timestamp()[1]]
    print(json.dumps([message.partition(), message.offset(), content]))
consumer.close()
