#!/usr/bin/env bash
# Mines every repository of a publication by itself and prints a table of what that took and what was set aside.
#
#     bash benches/mining.sh PUBLICATION > docs/mining.md
#
# Needs mirrors at hand (run `signal mine` before), GNU time as /usr/bin/time, and the release build of the program, or
# the one that $SIGNAL names. The files under data/ are written anew: they have the same bytes as before.
set -euo pipefail
root=${1:?name the publication}
signal=${SIGNAL:-${CARGO_TARGET_DIR:-target}/release/signal}
took=$(mktemp)
trap 'rm -f "$took"' EXIT

sum() { # of a key of set_aside over all snapshots of a repository
  cat "$root"/data/snapshots/*/"$1".yaml 2>/dev/null | awk -v key="  $2:" 'index($0, key) == 1 { n += $2 } END { print n + 0 }'
}

cat <<'HEAD'
# What mining took

Each repository of the shipped publication by itself, all of its history and the reported quarters, from a mirror at
hand and without what an earlier run kept. Made by `benches/mining.sh` on a machine with two cores.

Seconds are those on the clock and those of both cores together. *Missing* are commits left out of lines because the
mirror lacks a file or folder of theirs; *renames* those that moved so many files that renamed ones were not looked for;
*wide* those over 100 files, which say nothing about who works with whom.

| repository | commits | seconds | of cores | peak MB | missing | renames | wide |
|---|---:|---:|---:|---:|---:|---:|---:|
HEAD
for file in "$root"/data/history/*.yaml; do
  id=$(basename "$file" .yaml)
  said=$(/usr/bin/time -f '%e %U %S %M' -o "$took" "$signal" --root "$root" mine --no-fetch --fresh --repo "$id" 2>&1)
  commits=$(grep -oE '^[^ ]+: [0-9]+ commits' <<<"$said" | grep -oE '[0-9]+ commits' | cut -d' ' -f1 | head -1)
  read -r wall user system kilobytes < "$took"
  awk -v id="$id" -v n="${commits:-0}" -v e="$wall" -v u="$user" -v s="$system" -v k="$kilobytes" \
    -v m="$(sum "$id" missing_objects)" -v r="$(sum "$id" renames_skipped)" -v w="$(sum "$id" too_many_files)" \
    'BEGIN { sub("--", "/", id); printf "| %s | %d | %.1f | %.1f | %.0f | %d | %d | %d |\n", id, n, e, u + s, k / 1024, m, r, w }'
done
