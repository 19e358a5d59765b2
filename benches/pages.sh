#!/usr/bin/env bash
# Plain markdown pages, side by side with Hugo and Zola: a table of seconds on the clock, seconds of all cores and the most
# memory, each the median.
#
#     bash benches/pages.sh FOLDER [PAGES...] > TABLE
#
# FOLDER takes the sites, PAGES is how many pages they have (30 250 1000 4000). Needs GNU time as /usr/bin/time, Python 3,
# and the release build of the program or the one that $SIGNAL names. Hugo and Zola are compared when they are found, or
# $HUGO and $ZOLA name them. $TIMES builds of each into an empty folder (5), one of each after the other, after one that
# doesn't count. The visible text of every page is compared first, and nothing is measured when it differs.
set -euo pipefail
folder=${1:?name a folder for the sites}
shift
sizes=("$@")
[ ${#sizes[@]} -gt 0 ] || sizes=(30 250 1000 4000)
times=${TIMES:-5}
here=$(dirname "$(realpath "$0")")
export SIGNAL=${SIGNAL:-${CARGO_TARGET_DIR:-target}/release/signal}
export HUGO=${HUGO:-$(command -v hugo || true)} ZOLA=${ZOLA:-$(command -v zola || true)}

contestants=(signal)
[ -z "$HUGO" ] || contestants+=(hugo)
[ -z "$ZOLA" ] || contestants+=(zola)

build() { # by whom, the sites of one size
  case $1 in
    signal) "$SIGNAL" --root "$2/signal" --quiet build --offline ;;
    hugo) "$HUGO" --quiet --source "$2/hugo" ;;
    zola) "$ZOLA" --root "$2/zola" build ;;
  esac
}
export -f build

median() { sort -n | awk '{ all[NR] = $1 } END { print (NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2) }'; }

echo '| pages | by | seconds | of cores | peak MB |'
echo '|---:|---|---:|---:|---:|'
for size in "${sizes[@]}"; do
  sites=$folder/$size
  python3 "$here/pages.py" make "$sites" "$size"
  for who in "${contestants[@]}"; do build "$who" "$sites" > /dev/null; done
  python3 "$here/pages.py" compare "$sites" "$size" "${contestants[@]}" >&2
  rm -rf "$sites"/times.* "$sites"/*.[0-9]*
  for turn in $(seq 0 "$times"); do
    for who in "${contestants[@]}"; do
      # Not deleted yet: a file system may look long for room where something has just gone.
      [ ! -e "$sites/$who/public" ] || mv "$sites/$who/public" "$sites/$who.$turn"
      /usr/bin/time -f '%e %U %S %M' -o "$sites/took" bash -c 'build "$@"' _ "$who" "$sites" > /dev/null
      [ "$turn" -eq 0 ] || tail -1 "$sites/took" >> "$sites/times.$who"
    done
  done
  for who in "${contestants[@]}"; do
    column() { awk "{ print $1 }" "$sites/times.$who" | median; }
    printf '| %d | %s | %.3f | %.3f | %.0f |\n' "$size" "$who" "$(column '$1')" "$(column '$2 + $3')" "$(column '$4 / 1024')"
  done
done
for size in "${sizes[@]}"; do rm -rf "$folder/$size"/*.[0-9]*; done
