import { PlatformError } from "@platform/shared/errors/platform-error";

/** 404: the service is not configured. */
export class NotConfiguredError extends PlatformError {
  constructor({ setting }: { setting: string }) {
    super({ status: 404, code: "not_configured", detail: `${setting} is not set.` });
  }
}
