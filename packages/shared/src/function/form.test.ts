import { parseForm } from "./form.ts";

const values = (body: string | Buffer, charset?: string) => {
  return parseForm(Buffer.from(body), charset)?.values("text");
};

describe("parseForm", () => {
  it.each([
    ["channel_id=abc&text=the+food+isn%27t+bad&user_name=ada", "the food isn't bad"],
    ["text=People%20are%20kind", "People are kind"],
    ["text=People are kind", "People are kind"],
    ["text=1%2B1%3D2+%26+so+on", "1+1=2 & so on"],
    ["text=a=b", "a=b"],
    ["text=caf%C3%A9", "café"],
    ["text=café", "café"],
    ["text=%F0%9F%98%80", "😀"],
    ["te%78t=a", "a"],
    ["&text=a&&", "a"],
    ["text=a%0D%0Ab", "a\r\nb"],
    ["text=", ""],
  ])("decodes a field of %s", (body, expected) => {
    expect(values(body)).toEqual([expected]);
  });

  it.each(["100% sure", "50%", "%zz", "%4", "%%34"])("keeps a %% that is not an escape: %s", (value) => {
    expect(values(`text=${value}`)).toEqual([value.replace("%34", "4")]);
  });

  it("returns the values of a repeated field in order, and none of a missing one", () => {
    expect(values("text=a&x=1&text=b")).toEqual(["a", "b"]);
    expect(values("Text=a&texts=b&x[text]=c")).toEqual([]);
    expect(values("__proto__=a&constructor=b")).toEqual([]);
  });

  it.each(["text", "text=a&b", "fish & chips = good", "&", "", "a&text=b"])("is undefined for %p", (body) => {
    expect(parseForm(Buffer.from(body))).toBeUndefined();
  });

  it("decodes escapes in the charset of the type", () => {
    expect(values("text=caf%e9", "iso-8859-1")).toEqual(["café"]);
    expect(values(Buffer.from("text=\xcf+%cf", "latin1"), "windows-1251")).toEqual(["П П"]);
  });

  it("refuses escapes that are not text in that charset", () => {
    expect(() => values("text=%ff")).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_encoding" }),
    );
    expect(values("text=a&other=%ff")).toEqual(["a"]);
  });
});
