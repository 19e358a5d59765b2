# What is done often. `just ci` is what has to pass before a change lands.

# Show the recipes
default:
    @just --list

# Build the publication from the committed data into public/
build *options:
    cargo run --release -- build --offline {{ options }}

# Mine what is due, then build
publish *options:
    cargo run --release -- build {{ options }}

# Run the tests
test *filter:
    cargo test {{ filter }}

# Format the source
format:
    cargo fmt

# Check formats and lints
lint:
    bash .ci/run format lint

# Check licences, sources, bans and advisories; needs cargo-deny
deny:
    cargo deny check

# Look at public/ with a browser
browser:
    bash .ci/run browser

# Put the README's pictures, which the browser's check made, into docs/
portraits: browser
    bash -c 'for name in edition category phone phone-dark; do cp "${XDG_CACHE_HOME:-$HOME/.cache}/signal-ci/screenshots/readme-$name.png" "docs/$name.png"; done'

# Time the offline build of the shipped publication, cargo's own start included
bench:
    cargo build --release
    bash -c 'time cargo run --release --quiet -- build --offline'

# Everything, as it runs before a change lands; or the named steps alone
ci *steps:
    bash .ci/run {{ steps }}
