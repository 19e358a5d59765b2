#!/usr/bin/env bash
# What reading and counting take, by number of repositories: a table of the seconds of all cores together.
#
#     bash benches/performance.sh FOLDER [TIMES] > TABLE
#     cargo bench --bench corpus -- plot TABLE > docs/performance.svg
#
# FOLDER takes the publications that are made, some 350 MB; those that are there already are measured as they are.
# Each is measured so many times (3), and the quickest of each stage counts. $CORPUS names the program when it is built.
set -euo pipefail
folder=${1:?name a folder for the publications}
times=${2:-3}
sizes=(30 75 150 300 474 1000)

corpus() {
  if [ -n "${CORPUS:-}" ]; then "$CORPUS" "$@"; else cargo bench --quiet --bench corpus -- "$@"; fi
}

for size in "${sizes[@]}"; do
  [ -d "$folder/$size/data" ] || corpus make "$folder/$size" "$size" >&2
  corpus read "$folder/$size" "$times" > "$folder/$size.txt" 2> /dev/null
done

echo "| repositories |$(printf ' %s |' "${sizes[@]}")"
echo "|---|$(printf -- '---:|%.0s' "${sizes[@]}")"
mapfile -t stages < <(awk -F' *[|] *' '/^[|]/ && NR > 2 { print $2 }' "$folder/${sizes[0]}.txt")
for stage in "${stages[@]}"; do
  printf '| %s |' "$stage"
  for size in "${sizes[@]}"; do
    awk -F' *[|] *' -v stage="$stage" '$2 == stage { printf " %s |", $4 }' "$folder/$size.txt"
  done
  echo
done
