#!/usr/bin/env python3
"""Holds mined commits, authors and lines against git's own reckoning, and prints a table.

    python3 benches/lines-witness.py PUBLICATION REPO,REPO,… PERIOD,PERIOD,… > table.md

git lists the commits (`git log --no-merges` between the period's dates, up to the snapshot's boundary) and counts the
lines of each one by itself (`git diff-tree -M --numstat`), so that one missing file doesn't end the count. Which lane a
commit belongs to is asked of `signal mine --explain`, since git knows nothing of bots. Files that are binary, links or
submodules have no lines for either. Every commit that the two count differently is listed below the table.
"""
import os
import re
import subprocess
import sys

ROOT, REPOS, PERIODS = sys.argv[1], sys.argv[2].split(","), sys.argv[3].split(",")
SIGNAL = os.environ.get("SIGNAL", "target/release/signal")


def days(period):
    year, quarter = period.split("-Q")
    last = {"1": "03-31", "2": "06-30", "3": "09-30", "4": "12-31"}[quarter]
    first = {"1": "01-01", "2": "04-01", "3": "07-01", "4": "10-01"}[quarter]
    return f"{year}-{first}T00:00:00Z", f"{year}-{last}T23:59:59Z"


def git(repo, *arguments):
    mirror = f"{ROOT}/.signal/mirrors/{repo}.git"
    command = ["git", "--no-replace-objects", "--git-dir", mirror, "-c", "core.quotepath=false", *arguments]
    done = subprocess.run(command, capture_output=True)
    return done.stdout if done.returncode == 0 else None


def lines_by_git(repo, commit):
    text = git(repo, "diff-tree", "-r", "--root", "-M", "-l0", "--raw", "--numstat", "-z", "--no-commit-id", commit)
    if text is None:
        return None
    tokens, links, at, added, removed = text.split(b"\0"), set(), 0, 0, 0
    while at < len(tokens):
        token = tokens[at]
        if token.startswith(b":"):
            modes = set(token[1:].split(b" ")[:2]) - {b"000000"}
            paths = 2 if token.split(b" ")[4][:1] in b"RC" else 1
            if modes & {b"120000", b"160000"}:
                links.add(tokens[at + paths])
            at += 1 + paths
        elif token.count(b"\t") >= 2:
            plus, minus, path = token.split(b"\t", 2)
            if not path:
                path, at = tokens[at + 2], at + 2
            at += 1
            if plus != b"-" and path not in links:
                added, removed = added + int(plus), removed + int(minus)
        else:
            at += 1
    return added, removed


def explained(repo, commit):
    command = [SIGNAL, "--root", ROOT, "mine", "--explain", repo, commit]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf8", "replace")
    lane = re.search(r"^lane\s+(\w+)", text, re.M)[1]
    counts = re.findall(r"\+(\d+) -(\d+)\)$", text, re.M)
    return lane, (sum(int(plus) for plus, _ in counts), sum(int(minus) for _, minus in counts))


def snapshot(repo, period):
    text = open(f"{ROOT}/data/snapshots/{period}/{repo}.yaml", encoding="utf8").read()
    head, _, authors = text.partition("\nauthors:\n")
    lines = head.partition("\nlines:\n")[2].partition("\nreworked_files:")[0]
    total = lambda key: sum(int(n) for n in re.findall(rf"^    {key}: (\d+)$", lines, re.M))
    kept = lambda key: int(re.search(rf"^  {key}: (\d+)$", head, re.M)[1])
    rows = len(re.findall(r"^- ", authors, re.M))
    commits = 0
    for block in re.findall(r"^  types:\n((?:    .*\n)*)", authors + "\n", re.M):
        commits += sum(int(n) for n in re.findall(r": (\d+)$", block, re.M))
    boundary = re.search(r"^boundary: (\w+)$", head, re.M)[1]
    return boundary, commits, rows, total("added"), total("removed"), kept("missing_objects")


print("| repository | quarter | commits, git | commits | author lines, git | author lines | added, git | added |"
      " removed, git | removed | missing |")
print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
outliers, sums = [], [0, 0, 0, 0]
for repo in REPOS:
    for period in PERIODS:
        boundary, commits, authors, added, removed, missing = snapshot(repo, period)
        since, until = days(period)
        listed = git(repo, "log", "--no-merges", f"--since-as-filter={since}", f"--until={until}",
                     "--format=%H%x00%an%x00%ae%x01", boundary).split(b"\x01")
        people, plus, minus, counted = set(), 0, 0, 0
        for entry in (entry.strip(b"\n") for entry in listed):
            if not entry:
                continue
            commit, name, address = entry.split(b"\0")
            commit = commit.decode()
            lane, ours = explained(repo, commit)
            if lane not in ("own", "agent_assisted"):
                continue
            counted += 1
            people.add((b" ".join(name.decode("utf8", "replace").lower().encode().split()),
                        address.decode("utf8", "replace").lower()))
            theirs = lines_by_git(repo, commit)
            if theirs is None:
                continue
            plus, minus = plus + theirs[0], minus + theirs[1]
            if theirs != ours:
                outliers.append((repo, period, commit, theirs, ours))
        name = repo.replace("--", "/")
        print(f"| {name} | {period} | {counted} | {commits + missing} | {len(people)} | {authors} | {plus} | {added} |"
              f" {minus} | {removed} | {missing} |", flush=True)
        for at, n in enumerate((plus, added, minus, removed)):
            sums[at] += n
print(f"\nTogether: added {sums[0]} by git, {sums[1]} here; removed {sums[2]} by git, {sums[3]} here.")
for repo, period, commit, theirs, ours in outliers:
    print(f"\n- {repo.replace('--', '/')} {period} {commit}: git +{theirs[0]} -{theirs[1]}, here +{ours[0]} -{ours[1]}")
