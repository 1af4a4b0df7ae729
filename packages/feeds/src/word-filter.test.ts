import { wordFilter } from "./word-filter.ts";

it.each([
  [["kafka"], "Reading KAFKA tonight", true],
  [["kafka"], "#Kafka!", true],
  [["kafka"], "kafkaesque", false],
  [["kafka"], "pre_kafka", false],
  [["a", "b"], "only b", true],
  [["big data"], "Big Data is big", true],
  [["c++"], "I like C++, a lot", true],
  [["größe"], "GRÖSSE und GRÖßE", true],
  [["café"], "the cafe\u0301 is open", true],
  [["雨"], "今日は雨です", true],
  [["🌧"], "rain🌧rain", true],
  [[], "anything", true],
  [["("], "x", false],
])("matches %j in %j: %s", (words, text, isWanted) => {
  expect(wordFilter(words)(text)).toBe(isWanted);
});
