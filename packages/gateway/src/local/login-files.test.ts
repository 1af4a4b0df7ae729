import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provideLogin } from "./login-files.ts";

const parent = mkdtempSync(join(tmpdir(), "login-"));
const folder = join(parent, ".secrets");
afterAll(() => rmSync(parent, { recursive: true }));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string) => readFileSync(join(folder, name), "utf8");
const readMode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("provideLogin", () => {
  it("generates the login once, readable only for its owner", async () => {
    const { user, password, isNew } = await provideLogin(folder);
    expect([user, password, isNew]).toEqual([
      join(folder, "basic-auth-user"),
      join(folder, "basic-auth-password"),
      true,
    ]);
    expect(read("basic-auth-user")).toBe("admin\n");
    expect(read("basic-auth-password")).toMatch(/^[\w-]{32}\n$/);
    expect([readMode(folder), readMode(user), readMode(password)]).toEqual(["700", "600", "600"]);
    const first = read("basic-auth-password");
    expect(await provideLogin(folder)).toEqual({ user, password, isNew: false });
    expect(read("basic-auth-password")).toBe(first);
  });

  it("keeps an existing user", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "basic-auth-user"), "ada");
    expect(await provideLogin(folder)).toMatchObject({ isNew: true });
    expect(read("basic-auth-user")).toBe("ada");
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it("refuses an empty password, because it would admit everybody", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "basic-auth-password"), "\n");
    await expect(provideLogin(folder)).rejects.toMatchObject({
      problems: [expect.stringMatching(/login.*basic-auth-password of SECRETS_DIR.*empty or unreadable/)],
    });
  });

  it("reports a folder that cannot be written", async () => {
    writeFileSync(folder, "a file");
    await expect(provideLogin(folder)).rejects.toMatchObject({
      problems: [expect.stringContaining("EEXIST")],
    });
  });
});
