import { decodeEntities } from "./entities.ts";

it.each([
  ["This place &lt;3", "This place <3"],
  ["R&amp;D &gt; all", "R&D > all"],
  ["once: &amp;lt; &amp;amp;", "once: &lt; &amp;"],
  ["others stay: &quot; &#39; &nbsp; &LT; &lt AT&T", "others stay: &quot; &#39; &nbsp; &LT; &lt AT&T"],
])("decodes the three entities of Twitter's API in %j", (text, expected) => {
  expect(decodeEntities(text)).toBe(expected);
});
