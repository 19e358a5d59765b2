#!/usr/bin/env bash
# Mines the whole history of some repositories with lines and renames, side by side with git and with what else is there,
# and prints a table: seconds on the clock, seconds of all cores, and the most memory, each the median.
#
#     bash benches/miner.sh MIRROR... > TABLE
#
# Needs bare repositories that lack nothing, GNU time as /usr/bin/time, and the release build of the program, or the one
# that $SIGNAL names. `ein` (of the crate gitoxide) is compared when it is found, or $EIN names it; PyDriller and Perceval
# when $PYTHON names a Python that has them. $TIMES runs of each (5), one of each after the other, after one that doesn't
# count and brings the mirror into memory.
set -euo pipefail
[ $# -gt 0 ] || { echo "name bare repositories" >&2; exit 2; }
times=${TIMES:-5}
signal=${SIGNAL:-${CARGO_TARGET_DIR:-target}/release/signal}
ein=${EIN:-$(command -v ein || true)}
python=${PYTHON:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

publish() { # a publication of one repository, all of its history at a depth
  mkdir -p "$3/data"
  local first last
  first=$(git -C "$1" log --max-parents=0 --format=%cs | sort | head -1 | cut -d- -f1)
  last=$(git -C "$1" log -1 --format=%cs | cut -d- -f1)
  printf '%s\n' 'title: Speed' 'base_url: https://speed.example/' "periods: {from: $first-Q1, to: $last-Q4}" \
    "as_of: $((last + 1))-01-01" "depth: $2" 'identity: {key: a-key-for-a-measurement, public: true}' > "$3/signal.yaml"
  printf '%s\n' 'categories:' '- slug: all' '  title: All' '  order: 1' '  repos:' '  - id: measured' "    path: $1" \
    > "$3/data/repos.yaml"
}

has() { [ -n "$python" ] && "$python" -c "import $1" 2> /dev/null; }

run() { # one contestant at one repository
  case $1 in
    'signal, lines') "$signal" --root "$work/lines" --quiet mine --no-fetch --fresh ;;
    'signal, headers') "$signal" --root "$work/headers" --quiet mine --no-fetch --fresh ;;
    'signal, nothing new') "$signal" --root "$work/lines" --quiet mine --no-fetch ;;
    'git log --numstat') git -C "$2" log --no-merges -M --numstat ;;
    'ein tool hours') "$ein" --quiet tool hours -f -l "$2" ;;
    PyDriller) "$python" -c 'import sys, pydriller
for commit in pydriller.Repository(sys.argv[1]).traverse_commits(): commit.insertions' "$work/clone" ;;
    Perceval) "$python" -c 'import sys, tempfile, perceval.backends.core.git as git
with tempfile.TemporaryDirectory() as folder:
    for _ in git.Git(sys.argv[1], folder + "/clone").fetch(): pass' "$2" ;;
  esac
}
export -f run
export signal ein python work

contestants=('signal, lines' 'git log --numstat')
[ -z "$ein" ] || contestants+=('ein tool hours')
! has pydriller || contestants+=(PyDriller)
! has perceval || contestants+=(Perceval)
contestants+=('signal, headers' 'signal, nothing new')

median() { sort -n | awk '{ all[NR] = $1 } END { print (NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2) }'; }

echo '| repository | commits | by | seconds | of cores | peak MB |'
echo '|---|---:|---|---:|---:|---:|'
for mirror; do
  mirror=$(realpath "$mirror")
  rm -rf "$work"/*
  # PyDriller reads no bare repository. Perceval makes its clone itself, every time.
  ! has pydriller || git clone --quiet --no-checkout "$mirror" "$work/clone"
  publish "$mirror" lines "$work/lines"
  publish "$mirror" headers "$work/headers"
  for turn in $(seq 0 "$times"); do
    for at in "${!contestants[@]}"; do
      # What leaves its own bytes behind isn't to be quicker the second time.
      /usr/bin/time -f '%e %U %S %M' -o "$work/took" bash -c 'run "$@"' _ "${contestants[at]}" "$mirror" > /dev/null
      [ "$turn" -eq 0 ] || tail -1 "$work/took" >> "$work/times.$at"
    done
  done
  commits=$(git -C "$mirror" rev-list --no-merges --count HEAD)
  for at in "${!contestants[@]}"; do
    column() { awk "{ print $1 }" "$work/times.$at" | median; }
    printf '| %s | %d | %s | %.2f | %.2f | %.0f |\n' "$(basename "$mirror" .git)" "$commits" "${contestants[at]}" \
      "$(column '$1')" "$(column '$2 + $3')" "$(column '$4 / 1024')"
  done
done
