"""The same pages for several generators, and whether they show the same text.

python3 benches/pages.py make FOLDER PAGES
python3 benches/pages.py compare FOLDER PAGES GENERATOR...
"""

import random
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path

WORDS = (
    "the a of people who write code for models and tools they need in every quarter some more come than leave "
    "most of them stay where work is plain to see while few move on"
).split()

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
    "<body><main><h1>{title}</h1>{body}</main></body></html>\n"
)

FILES = {
    "signal/signal.yaml": (
        "title: Plain\nbase_url: https://plain.example/\nperiods: {from: 2026-Q2, to: 2026-Q2}\n"
        "as_of: 2026-07-01\nidentity: {key: a-key-for-a-measurement, public: true}\n"
    ),
    "signal/data/repos.yaml": "categories: []\n",
    "hugo/hugo.toml": 'baseURL = "https://plain.example/"\ntitle = "Plain"\ndisableKinds = ["taxonomy", "term", "RSS"]\n',
    "hugo/layouts/_default/single.html": PAGE.format(title="{{ .Title }}", body="{{ .Content }}"),
    "hugo/layouts/_default/list.html": PAGE.format(title="{{ .Title }}", body=""),
    "zola/config.toml": 'base_url = "https://plain.example/"\ntitle = "Plain"\n',
    "zola/templates/page.html": PAGE.format(title="{{ page.title }}", body="{{ page.content | safe }}"),
    "zola/templates/index.html": PAGE.format(title="Plain", body=""),
    "zola/templates/section.html": PAGE.format(title="Plain", body=""),
}
# Where each keeps the text of a page, and what stands around its title.
PLACES = {"signal": ("content/pages", "---"), "hugo": ("content", "---"), "zola": ("content", "+++")}


def paragraph(dice, number):
    words = [dice.choice(WORDS) for _ in range(60)]
    words[0] = words[0].capitalize()
    words[7], words[15] = f"**{words[7]}**", f"*{words[15]}*"
    words[22] = f"[{words[22]}](https://other.example/{number})"
    return " ".join(words) + "."


def text(dice, number):
    parts = []
    for section in range(4):
        parts.append(f"## Part {section + 1} of page {number}")
        parts.extend(paragraph(dice, number) for _ in range(3))
        parts.append("\n".join("- " + " ".join(dice.choice(WORDS) for _ in range(8)) for _ in range(4)))
    return "\n\n".join(parts) + "\n"


def make(folder, pages):
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    dice = random.Random(pages)
    for number in range(pages):
        body = text(dice, number)
        for generator, (place, fence) in PLACES.items():
            title = f'title = "Page {number}"' if fence == "+++" else f"title: Page {number}"
            file = folder / generator / place / f"p{number}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{fence}\n{title}\n{fence}\n\n{body}")


class Main(HTMLParser):
    """The words that a reader sees under the heading of a page."""

    def __init__(self):
        super().__init__()
        self.words, self.inside, self.hidden = [], 0, 0

    def handle_starttag(self, tag, attrs):
        self.inside += tag == "main"
        self.hidden += tag in ("h1", "nav", "script", "style") or ("class", "anchor") in attrs

    def handle_endtag(self, tag):
        self.inside -= tag == "main"
        self.hidden -= tag in ("h1", "nav", "script", "style")

    def handle_data(self, data):
        if self.inside and not self.hidden:
            self.words.extend(data.split())


def compare(folder, pages, generators):
    def shown(generator, number):
        main = Main()
        main.feed((folder / generator / "public" / f"p{number}" / "index.html").read_text())
        return " ".join(main.words)

    for number in range(pages):
        texts = {generator: shown(generator, number) for generator in generators}
        first = next(iter(texts.values()))
        for generator, other in texts.items():
            if other != first or not other:
                sys.exit(f"page {number} of {generator} shows another text:\n{other}\n\n{first}")
    print(f"{pages} pages show the same text by {', '.join(generators)}", file=sys.stderr)


if __name__ == "__main__":
    what, folder, pages, *generators = sys.argv[1:]
    if what == "make":
        make(Path(folder), int(pages))
    else:
        compare(Path(folder), int(pages), generators)
