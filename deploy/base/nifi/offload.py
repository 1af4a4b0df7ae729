"""Runs before a pod ends: a node that is removed for good hands its queues over to the other nodes.

A node is removed for good if its ordinal is not below the replicas of the StatefulSet. At a restart, with no replicas and without
the StatefulSet, it keeps its queues on its volume. NiFi's management address, on loopback, requires no login.
"""
import contextlib
import http.client
import os
import sys
import time

from replicas import read_replicas

MANAGEMENT = ("127.0.0.1", 52020)
LEAVING = ("CONNECTED", "DISCONNECTING", "DISCONNECTED", "OFFLOADING", "OFFLOADED")


def ask(method):
    """Sends a request to NiFi's management server, and returns the state of the node."""
    connection = http.client.HTTPConnection(*MANAGEMENT, timeout=10)
    try:
        connection.request(method, "/health/cluster")
        return connection.getresponse().read().decode().strip().rpartition(": ")[2]
    finally:
        connection.close()


def say(line):
    """Writes to the pod's log, because Kubernetes discards the output of a hook."""
    with contextlib.suppress(OSError), open("/proc/1/fd/1", "w") as log:
        log.write(f"offload.py: {line}\n")


def main():
    replicas = read_replicas()
    ordinal = int(os.environ["POD_NAME"].rpartition("-")[2])
    if not replicas or ordinal < replicas:
        return
    if ask("GET") != "CONNECTED":
        sys.exit("offload.py: the node is not connected; its queues stay on its volume")
    say(f"{replicas} replicas are left: this node hands over its queues")
    begin = time.monotonic()
    limit = begin + int(os.environ["NIFI_OFFLOAD_SECONDS"])
    ask("DELETE")
    while (state := ask("GET")) in LEAVING:
        if time.monotonic() > limit or (state == "CONNECTED" and time.monotonic() > begin + 60):
            sys.exit(f"offload.py: still {state}; the remaining FlowFiles stay on the volume")
        time.sleep(1)
    time.sleep(5)  # the other nodes learn of the removal last
    say(f"handed over in {time.monotonic() - begin:.0f} s")


main()
