import { resultTexts } from "./result-texts.ts";

it("gives the result of one call as it is written", () => {
  const texts = resultTexts(' {"jsonrpc":"2.0","result": {"a": 1.50,"id":9} ,"id":1}\n');
  expect([...texts]).toEqual([[1, '{"a": 1.50,"id":9}']]);
});

it("gives the results of a batch by their ids, in any order, without the errors", () => {
  const texts = resultTexts(
    '[{"id":2,"result":"0x1"},{"id":1,"error":{"code":1,"message":"no"}},{"id":3,"result":null}]',
  );
  expect([...texts]).toEqual([
    [2, '"0x1"'],
    [3, "null"],
  ]);
});
