import { inventedPosts } from "./invented-posts.ts";

it("there are two hundred different posts", () => {
  expect(inventedPosts).toHaveLength(200);
  expect(new Set(inventedPosts.map(({ text }) => text)).size).toBe(200);
});
