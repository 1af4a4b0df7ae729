import { OptionError, readOptions } from "./options.ts";

describe("readOptions", () => {
  it("has defaults", () => {
    expect(readOptions([], {}, "/repo")).toEqual({
      host: "127.0.0.1",
      port: 8080,
      stack: "/repo/stack.yml",
      data: "/repo/.data",
      posts: true,
      secrets: "/repo/.secrets",
      callbackHosts: [],
      help: false,
    });
  });

  it("takes arguments before the environment", () => {
    const env = { PORT: "9001", HOST: "0.0.0.0", CALLBACK_HOSTS: "A.example, b.example," };
    expect(readOptions(["--port", "9000", "--stack=/x.yml"], env, "/repo")).toMatchObject({
      host: "0.0.0.0",
      port: 9000,
      stack: "/x.yml",
      callbackHosts: ["a.example", "b.example"],
    });
  });

  it.each([
    [["--prot", "1"], {}, /--prot/],
    [["--port", "http"], {}, /PORT must be a number from 0 to 65535, not "http"/],
    [[], { PORT: "65536" }, /PORT must be/],
    [["extra"], {}, /extra/],
  ])("refuses %p with %p", (args, env, message) => {
    expect(() => readOptions(args, env, "/repo")).toThrow(OptionError);
    expect(() => readOptions(args, env, "/repo")).toThrow(message);
  });
});
