const needsError = "begins with the first error";

/**
 * Metrics without series in the test cluster, with the reason. Only promtool tests the alerts that read them
 * (deploy/monitoring/prometheus/tests).
 */
export const metricsWithoutData: Readonly<Record<string, string>> = {
  ALERTS: "has series only while an alert is pending or fires",
  kubelet_volume_stats_available_bytes:
    "the kubelet of the tests has no volume with statistics, and is not scraped",
  kubelet_volume_stats_capacity_bytes:
    "the kubelet of the tests has no volume with statistics, and is not scraped",
  certmanager_certificate_expiration_timestamp_seconds: "cert-manager does not run in the tests",
  kafka_connector_dead_letters_total: needsError,
  kafka_connector_partition_blocked: needsError,
  kafka_connector_partition_blocked_seconds: needsError,
  kafka_connector_undecodable_partitions: needsError,
  kafka_connector_skipped_total: "begins with the first notice without a text",
  kafka_connector_retries_total: needsError,
  peer_retries_total: needsError,
  gateway_async_callbacks_total: "begins with the first asynchronous call that has a callback URL",
  gateway_scheduled_calls_total: "begins with the first call by schedule",
  gateway_scalings_total: "begins with the first change of replicas",
  ethstats_messages_refused_total: needsError,
};
