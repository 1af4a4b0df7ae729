import { asObject } from "../posts/json.ts";
import type { Wrapper } from "./wrapper.ts";

/** An object whose `data` is the post; in a CloudEvent, `data` may be a JSON text. */
export const dataEnvelope: Wrapper = {
  form: "`{data: {…}}`",
  source: "CloudEvents, Twitter's compliance streams",
  open({ data, specversion }) {
    if (typeof data === "string" && specversion !== undefined) return data;
    return asObject(data);
  },
};

/** A message of Twitter's site streams. */
export const siteStream: Wrapper = {
  form: "`{for_user, message: {…}}`",
  source: "Twitter's site streams",
  open: ({ for_user, message }) => (for_user === undefined ? undefined : asObject(message)),
};
