#!/usr/bin/env bash
# Mines every repository of a publication by itself, side by side with git, then all of them in one command, and prints a
# table of what that took and what was set aside.
#
#     bash benches/mining.sh PUBLICATION > docs/mining.md
#     cargo bench --bench corpus -- scatter docs/mining.md > docs/mining.svg
#
# Needs mirrors at hand (run `signal mine` before), GNU time as /usr/bin/time, and the release build of the program, or
# the one that $SIGNAL names. The files under data/ are written anew: they have the same bytes as before.
set -euo pipefail
root=${1:?name the publication}
signal=${SIGNAL:-${CARGO_TARGET_DIR:-target}/release/signal}
took=$(mktemp)
trap 'rm -f "$took"' EXIT
cd "$root"

timed() { /usr/bin/time -f '%e %U %S %M' -o "$took" "$@"; }

sum() { # of a key of set_aside over all snapshots of a repository
  cat data/snapshots/*/"$1".yaml 2>/dev/null | awk -v key="  $2:" 'index($0, key) == 1 { n += $2 } END { print n + 0 }'
}

quarter() { # the first or last reported quarter as the day on which it begins
  sed -nE "s/^periods:.*$1: *([0-9]{4})-Q([1-4]).*/\1 \2/p" signal.yaml | awk -v later="$2" \
    '{ m = ($2 - 1 + later) * 3 + 1; printf "%d-%02d-01T00:00:00Z\n", $1 + int((m - 1) / 12), (m - 1) % 12 + 1 }'
}
since=$(quarter from 0) until=$(quarter to 1)
[ -n "$since" ] && [ -n "$until" ] || { echo "write \`periods: {from: YYYY-Qn, to: YYYY-Qn}\` in signal.yaml in one line" >&2; exit 2; }

cat <<'HEAD'
# What mining took

Each repository of the shipped publication by itself, all of its history and the reported quarters, from a mirror at
hand and without what an earlier run kept; and after each of them `git log --no-merges -M --numstat` over the reported
quarters alone. Made by `benches/mining.sh` on a machine with two cores.

*Commits* and *authors* (author lines) are those of the whole history, *changes* the files that the commits of the
reported quarters changed, each time that one did. Seconds are those on the clock and those of both cores together.
Where git has no seconds, the mirror lacks files: git ends at the first of them. *Missing* are commits left out of lines
because the mirror lacks a file or folder of theirs; *renames* those that moved so many files that renamed ones were not
looked for; *wide* those over 100 files, which say nothing about who works with whom.

| repository | commits | authors | changes | seconds | of cores | peak MB | git | missing | renames | wide |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
HEAD
both='0 0 0'
for file in data/history/*.yaml; do
  id=$(basename "$file" .yaml)
  said=$(timed "$signal" mine --no-fetch --fresh --repo "$id" 2>&1)
  size=$(sed -nE 's/^[^ ]+: ([0-9]+) commits of ([0-9]+) author lines.*/\1 \2/p' <<<"$said" | head -1)
  read -r wall user system kilobytes < "$took"
  mirror=.signal/mirrors/$id.git branch=$(sed -nE 's/^  tip: //p' "$file" | head -1)
  over=(--no-merges --since="$since" --until="$until" "$branch")
  changes=$(git -C "$mirror" log --name-only --no-renames --format= "${over[@]}" 2> /dev/null | wc -l || true)
  git=- # two runs of which the first reads the mirror into memory would flatter git by nothing: it was just mined
  if timed git -C "$mirror" log -M --numstat "${over[@]}" > /dev/null 2>&1; then
    read -r git _ < "$took"
    both=$(awk -v w="$wall" -v g="$git" '{ print $1 + w, $2 + g, $3 + 1 }' <<<"$both")
  fi
  awk -v id="$id" -v size="${size:-0 0}" -v f="$changes" -v e="$wall" -v u="$user" -v s="$system" -v k="$kilobytes" \
    -v g="$git" -v m="$(sum "$id" missing_objects)" -v r="$(sum "$id" renames_skipped)" -v w="$(sum "$id" too_many_files)" \
    'BEGIN { sub("--", "/", id); split(size, n, " "); g = g == "-" ? "–" : sprintf("%.1f", g)
      printf "| %s | %d | %d | %d | %.1f | %.1f | %.0f | %s | %d | %d | %d |\n", id, n[1], n[2], f, e, u + s, k / 1024, g, m, r, w }'
done

timed "$signal" --quiet mine --no-fetch --fresh
read -r wall user system kilobytes < "$took"
timed "$signal" --quiet mine --no-fetch
read -r again _ < "$took"
read -r ours theirs count <<<"$both"
awk -v w="$wall" -v c="$user $system" -v k="$kilobytes" -v a="$again" -v o="$ours" -v t="$theirs" -v n="$count" 'BEGIN {
  split(c, of, " ")
  printf "\nAll of them in one command: %.0f seconds on the clock, %.0f of both cores, %.0f MB; ", w, of[1] + of[2], k / 1024
  printf "again with nothing new %.1f seconds.\n", a
  printf "The %d mirrors that lack nothing, one after the other: %.0f seconds, and `git log` in a loop %.0f, %.1f times as long.\n", n, o, t, t / o
}'
echo
echo '![Seconds of cores against commits, authors and changed files, all axes logarithmic](mining.svg)'
