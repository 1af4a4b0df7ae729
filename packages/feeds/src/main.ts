import { runService } from "@platform/shared/service/run-service";
import { readFeedsConfig } from "./config.ts";
import { startFeeds } from "./start-feeds.ts";

runService({
  name: "feeds",
  summary: `Writes the live posts of Bluesky, or of a Mastodon instance, to a Kafka topic, each post once. It keeps its position in the
compacted topic feed-cursors, and continues there after a restart.`,
  readConfig: readFeedsConfig,
  start: startFeeds,
});
