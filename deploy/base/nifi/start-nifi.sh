#!/bin/bash
# Configures a node and starts it in $NIFI_HOME, whose conf/ is writable.
#   NIFI_FILES     the folder with nifi.properties, state-management.xml and replicas.py
#   POD_NAME       the pod of the StatefulSet
#   NIFI_ADDRESS   the name by which other nodes reach this one
#   NIFI_HOSTS     further host:port that clients may use, separated by commas
#   NIFI_INGRESS_HOST   the host of the ingress, if there is one
#   NIFI_HEAP      the JVM's heap, such as 1g
#   NIFI_USERNAME NIFI_PASSWORD   the login
#   NIFI_SENSITIVE_PROPERTIES_KEY   key that encrypts passwords in the flow; NiFi cannot read the flow with another key
set -euo pipefail
cd "$NIFI_HOME"

# set_property NAME VALUE
set_property() {
  if grep -q "^$1=" conf/nifi.properties; then
    sed -i "s|^$1=.*|$1=$2|" conf/nifi.properties
  else
    printf '%s=%s\n' "$1" "$2" >>conf/nifi.properties
  fi
}

while IFS='=' read -r name value; do
  set_property "$name" "$value"
done < <(grep -v '^#' "$NIFI_FILES/nifi.properties")
for name in nifi.web.https.host nifi.cluster.node.address nifi.cluster.load.balance.host nifi.remote.input.host; do
  set_property "$name" "$NIFI_ADDRESS"
done
set_property nifi.web.proxy.host "$NIFI_ADDRESS:8443,$NIFI_HOSTS${NIFI_INGRESS_HOST:+,$NIFI_INGRESS_HOST,$NIFI_INGRESS_HOST:443}"
# The election of the flow ends when all nodes have voted, or after nifi.cluster.flow.election.max.wait.time.
set_property nifi.cluster.flow.election.max.candidates "$(python3 "$NIFI_FILES/replicas.py")"
set_property nifi.sensitive.props.key "$NIFI_SENSITIVE_PROPERTIES_KEY"
cp "$NIFI_FILES/state-management.xml" conf/
sed -i "s|^java.arg.2=.*|java.arg.2=-Xms$NIFI_HEAP|; s|^java.arg.3=.*|java.arg.3=-Xmx$NIFI_HEAP|" conf/bootstrap.conf
bin/nifi.sh set-single-user-credentials "$NIFI_USERNAME" "$NIFI_PASSWORD" >/dev/null
unset NIFI_USERNAME NIFI_PASSWORD NIFI_SENSITIVE_PROPERTIES_KEY

tail -n 0 -F logs/nifi-app.log 2>/dev/null &
exec bin/nifi.sh run
