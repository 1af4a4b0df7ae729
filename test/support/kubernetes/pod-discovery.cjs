// Pod discovery for Debian's Prometheus, which is built without it: GET / answers in the format of http_sd_configs, with the labels of
// kubernetes_sd_configs, role pod. It runs in Prometheus's pod with the rights of its service account.
//   PORT, NAMESPACES (separated by commas)
const { readFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { request } = require("node:https");

const account = "/var/run/secrets/kubernetes.io/serviceaccount";

/**
 * @typedef {{ name: string, ports?: { name?: string, containerPort: number, protocol?: string }[] }} Container
 * @typedef {{
 *   metadata: { name: string, namespace: string, labels?: Record<string, string>, annotations?: Record<string, string> },
 *   spec: { containers: Container[] },
 *   status: { phase: string, podIP?: string },
 * }} Pod
 */

/** The pods of a namespace. @param {string} namespace @returns {Promise<Pod[]>} */
function listPods(namespace) {
  const options = {
    host: "kubernetes.default.svc",
    path: `/api/v1/namespaces/${namespace}/pods`,
    ca: readFileSync(`${account}/ca.crt`),
    headers: { authorization: `Bearer ${readFileSync(`${account}/token`, "utf8")}` },
  };
  return new Promise((resolve, reject) => {
    request(options, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve(JSON.parse(body).items);
        else reject(new Error(body));
      });
    })
      .on("error", reject)
      .end();
  });
}

/** The targets of a pod: one for each declared port. @param {Pod} pod */
function listTargets({ metadata, spec, status }) {
  if (!status.podIP) return [];
  const pod = {
    __meta_kubernetes_namespace: metadata.namespace,
    __meta_kubernetes_pod_name: metadata.name,
    __meta_kubernetes_pod_ip: status.podIP,
    __meta_kubernetes_pod_phase: status.phase,
    ...named("__meta_kubernetes_pod_label_", metadata.labels),
    ...named("__meta_kubernetes_pod_annotation_", metadata.annotations),
  };
  return spec.containers.flatMap(({ name, ports = [] }) =>
    ports.map((port) => ({
      targets: [`${status.podIP}:${port.containerPort}`],
      labels: {
        ...pod,
        __meta_kubernetes_pod_container_name: name,
        __meta_kubernetes_pod_container_port_name: port.name ?? "",
        __meta_kubernetes_pod_container_port_number: String(port.containerPort),
        __meta_kubernetes_pod_container_port_protocol: port.protocol ?? "TCP",
      },
    })),
  );
}

/**
 * Returns labels whose names begin with a prefix; characters that are invalid in a label become `_`.
 * @param {string} prefix
 * @param {Record<string, string>} [values]
 */
function named(prefix, values = {}) {
  const entries = Object.entries(values).map(([key, value]) => [prefix + key.replace(/\W/g, "_"), value]);
  return Object.fromEntries(entries);
}

createServer(async (_request, response) => {
  try {
    const pods = await Promise.all((process.env.NAMESPACES ?? "").split(",").map(listPods));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(pods.flat().flatMap(listTargets)));
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}).listen(Number(process.env.PORT), "127.0.0.1");
