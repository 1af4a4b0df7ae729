#!/bin/sh
# Replaces NiFi's own script in tests, with the two commands that start-nifi.sh uses.
set -eu
cd "$NIFI_HOME"
case ${1:-} in
  set-single-user-credentials)
    exec "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp 'lib/bootstrap/*:lib/*' \
      org.apache.nifi.authentication.single.user.command.SetSingleUserCredentials "$2" "$3"
    ;;
  run)
    # Without quotes, so that each word becomes an argument.
    exec "$JAVA_HOME/bin/java" $(sed -n 's/^java\.arg\.[^=]*=//p' conf/bootstrap.conf) \
      "-Dnifi.properties.file.path=$NIFI_HOME/conf/nifi.properties" \
      "-Dorg.apache.nifi.bootstrap.config.log.dir=$NIFI_HOME/logs" \
      -Dorg.apache.nifi.management.server.address=127.0.0.1:52020 \
      --enable-native-access=ALL-UNNAMED -cp 'conf:lib/*' org.apache.nifi.NiFi
    ;;
  *)
    echo "unknown command: $*; this nifi.sh for tests has run and set-single-user-credentials" >&2
    exit 2
    ;;
esac
