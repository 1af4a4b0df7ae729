import { csvLine } from "./csv.ts";

it("quotes texts, but not numbers and missing values", () => {
  expect(csvLine(["a", 'say "hi",\nnow', -0.5, null, ""])).toBe('"a","say ""hi"",\nnow",-0.5,,""\r\n');
});

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])(
  "prevents spreadsheets from running %j as a formula",
  (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`);
  },
);
