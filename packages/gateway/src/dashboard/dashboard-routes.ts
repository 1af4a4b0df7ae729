import { pageHeaders } from "@platform/shared/service/page-headers";
import express, { Router } from "express";
import type { Dashboard } from "./dashboard.ts";
import { type Transfer, transferRoute } from "./transfer-route.ts";

/** What the dashboard's routes need. */
export interface DashboardRouteOptions {
  dashboard: Dashboard;
  /** The folder with the page. */
  publicFolder: string;
  /** Sends ether between the accounts; unset: the page has no such button. */
  transfer?: Transfer | undefined;
}

/** Below `/ui`: the page, what it shows as server-sent events, and transfers on an embedded chain. */
export function dashboardRoutes({ dashboard, publicFolder, transfer }: DashboardRouteOptions): Router {
  const router = Router();
  router.use(pageHeaders);
  router.get("/api/events", (request, response) => dashboard.open(request, response));
  if (transfer !== undefined) router.post("/api/transfers", transferRoute(transfer));
  router.use(express.static(publicFolder));
  return router;
}
