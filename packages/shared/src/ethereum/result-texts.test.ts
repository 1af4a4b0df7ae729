import type { Outcome } from "./read-answer.ts";
import { withResultTexts } from "./result-texts.ts";
import { RpcError } from "./rpc-error.ts";

const outcomes = (...results: unknown[]): Outcome[] => results.map((result) => ({ result }));

it.each(["1", '"1"', "null"])("returns the original text of a result, with the id %s", (id) => {
  const json = ` {"jsonrpc":"2.0","result": {"a": 1.50,"id":9} ,"id":${id}}\n`;
  expect(withResultTexts([{ asText: true }], outcomes({ a: 1.5, id: 9 }), json)).toEqual(
    outcomes('{"a": 1.50,"id":9}'),
  );
});

it("returns the results of a batch in the order of the calls, and only those with asText as text", () => {
  const json = '[{"id":2,"result":"0x1"},{"id":4,"error":{}},{"id":3,"result":null},{"id":1,"result":[ ]}]';
  const refused = { error: new RpcError({ code: 1, status: 200, message: "no" }) };
  expect(
    withResultTexts(
      [{ asText: true }, {}, { asText: true }, { asText: true }],
      [...outcomes([], "0x1", null), refused],
      json,
    ),
  ).toEqual([...outcomes("[ ]", "0x1", null), refused]);
});
