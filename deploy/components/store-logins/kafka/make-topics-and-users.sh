#!/bin/sh
# Runs make-topics.sh and add-users.sh; both take their variables.
set -eu
cd "$(dirname "$0")"
/bin/sh make-topics.sh
/bin/sh add-users.sh
