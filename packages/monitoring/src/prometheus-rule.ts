import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

const comment = "# Rendered from deploy/monitoring/prometheus/alerts.yml by `npm run manifests`.\n";

/** The file with the alerts for the Prometheus operator. @param root the repo's folder */
export function renderPrometheusRule(root: string): { path: string; text: string } {
  const alerts = readFileSync(join(root, "deploy", "monitoring", "prometheus", "alerts.yml"), "utf8");
  const name = "platform-alerts";
  const labels = { app: name, "app.kubernetes.io/part-of": "serverless-data-platform" };
  const rule = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name, namespace: "data", labels },
    spec: parse(alerts),
  };
  return {
    path: join("deploy", "components", "monitoring", "operator", "prometheus-rule.yaml"),
    text: `${comment}${stringify(rule, { lineWidth: 0 })}`,
  };
}
