import { rateText } from "./rate-text.ts";

it.each([
  [null, "measuring …"],
  [0, "idle"],
  [0.001, "< 1 /min"],
  [0.5, "30 /min"],
  [1.25, "1.3 /s"],
  [12_345.6, "12,346 /s"],
])("reads %s messages a second as %s", (perSecond, text) => expect(rateText(perSecond)).toBe(text));
