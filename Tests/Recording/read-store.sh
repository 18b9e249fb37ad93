#!/bin/sh
# docs/read_store.py, which knows the file only from docs/recording.md, reads what `busbar export` writes.
#
#     read-store.sh BUSBAR    with a python that has zstandard in PATH
set -eu
here=$(dirname "$(realpath "$0")")
folder=$(mktemp --directory)
trap 'rm -rf "$folder"' EXIT
{
  python3 -c "
import sys
sys.path.insert(0, '$here')
from feed import line
sys.stdout.write(''.join(line(n) for n in range(20000)))"
  cat <<'LOG'
(1700000700.000001) can1 123#R8
(1700000700.000001) can1 123#R
(1700000700.000000) can0 20000080#0000000000000000
(1700000700.500000) can0 1FFFFFFF#
(1700000700.000000) can0 123#AA
(1700000700.000000) can0 123#AB T
(1700000700.000100) can1 1FFFFFFF#R3 T
LOG
} >"$folder/log"
"$1" import "$folder/log" --store "$folder/store" 2>/dev/null
"$1" export --store "$folder/store" >"$folder/exported"
python "$here/../../docs/read_store.py" "$folder/store" >"$folder/read"
cmp "$folder/log" "$folder/exported"
cmp "$folder/exported" "$folder/read"
echo "ok $(wc -l <"$folder/read") frames, the same by busbar and by docs/read_store.py"
