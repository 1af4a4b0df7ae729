#!/bin/sh
# make-topics.sh and add-users.sh, with their variables.
set -eu
cd "$(dirname "$0")"
/bin/sh make-topics.sh
/bin/sh add-users.sh
