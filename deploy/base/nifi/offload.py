"""Runs before a pod ends: a node that will not come back hands what it has queued to the other nodes.

It will not come back when the StatefulSet has fewer replicas than its ordinal. At a restart, with no replicas and without the
StatefulSet it keeps its queues, on its volume. NiFi answers at its management address, on loopback, without a login.
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
    """The answer's text of NiFi's management server."""
    connection = http.client.HTTPConnection(*MANAGEMENT, timeout=10)
    try:
        connection.request(method, "/health/cluster")
        return connection.getresponse().read().decode().strip().rpartition(": ")[2]
    finally:
        connection.close()


def say(line):
    """To the pod's log, which a hook's own output does not reach."""
    with contextlib.suppress(OSError), open("/proc/1/fd/1", "w") as log:
        log.write(f"offload.py: {line}\n")


def main():
    replicas = read_replicas()
    ordinal = int(os.environ["POD_NAME"].rpartition("-")[2])
    if not replicas or ordinal < replicas:
        return
    if ask("GET") != "CONNECTED":
        sys.exit("offload.py: the node is not connected; what it has queued stays on its volume")
    say(f"{replicas} replicas are left: this node hands over its queues")
    begin = time.monotonic()
    limit = begin + int(os.environ["NIFI_OFFLOAD_SECONDS"])
    ask("DELETE")
    while (state := ask("GET")) in LEAVING:
        if time.monotonic() > limit or (state == "CONNECTED" and time.monotonic() > begin + 60):
            sys.exit(f"offload.py: still {state}; what is not handed over stays on the volume")
        time.sleep(1)
    time.sleep(5)  # the other nodes are told last
    say(f"handed over in {time.monotonic() - begin:.0f} s")


main()
