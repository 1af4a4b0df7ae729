import { ApiDescription } from "../openapi/api-description.ts";

/** docs/reference/gateway-api.yml. */
export const gatewayApi = new ApiDescription("gateway-api.yml");
