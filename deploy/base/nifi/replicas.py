"""Prints the desired number of nodes: the replicas of the StatefulSet, from the Kubernetes API. Prints nothing if that does not answer."""
import json
import os
import ssl
import sys
import urllib.error
import urllib.request

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


def read_replicas():
    """Returns the replicas, or None if the StatefulSet is deleted or being deleted. Raises OSError if the API does not answer."""
    with open(f"{ACCOUNT}/namespace") as file:
        namespace = file.read()
    with open(f"{ACCOUNT}/token") as file:
        token = file.read()
    name = os.environ["POD_NAME"].rpartition("-")[0]
    # By address, as all clients in pods do: the cluster's DNS may be down when a pod starts.
    host = os.environ["KUBERNETES_SERVICE_HOST"]
    server = f"[{host}]" if ":" in host else host
    request = urllib.request.Request(
        f"https://{server}:{os.environ['KUBERNETES_SERVICE_PORT']}/apis/apps/v1/namespaces/{namespace}/statefulsets/{name}",
        headers={"Authorization": f"Bearer {token}"},
    )
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt")),
    )
    try:
        with opener.open(request, timeout=10) as answer:
            stateful_set = json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise
    if "deletionTimestamp" in stateful_set["metadata"]:
        return None
    return stateful_set["spec"]["replicas"]


if __name__ == "__main__":
    try:
        print(read_replicas() or "")
    except OSError as error:
        print(f"replicas.py: {error}", file=sys.stderr)
