//! Tiny whole publications: what a reader gets, and what an editor is told.

use std::collections::BTreeMap;

use super::Options;
use super::fixture::{Folder, SETTINGS};

fn main_of(html: &str) -> &str {
    let (_, rest) = html.split_once("<main>\n").expect("a main element");
    rest.split_once("</main>").expect("its end").0
}

/// The page of an edition with this text.
fn edition(text: &str) -> String {
    Folder::new().edition("2026-Q2", text).page("2026-q2/index.html")
}

/// What an editor of this text is told.
fn faults(text: &str) -> String {
    Folder::new().edition("2026-Q2", text).faults()
}

mod shape {
    use super::*;

    #[test]
    fn an_edition_has_its_lede_its_sections_and_its_neighbours() {
        let folder = Folder::with_editions();
        insta::assert_snapshot!("edition", main_of(&folder.page("2026-q2/index.html")));
        insta::assert_snapshot!("home", main_of(&folder.page("index.html")));
        insta::assert_snapshot!("archive", main_of(&folder.page("archive/index.html")));
        insta::assert_snapshot!("methodology", main_of(&folder.page("methodology/index.html")));
    }

    #[test]
    fn a_publication_without_an_edition_has_a_home() {
        let site = Folder::new().compose().unwrap();
        let own = ["", "archive/", "methodology/", "404.html", "data/", "search/", "categories/", "repos/"];
        let about = ["categories/kernels/", "categories/edge/", "repos/triton--triton/", "repos/pytorch--executorch/"];
        assert_eq!(site.pages, [&own[..], &about].concat());
    }

    #[test]
    fn two_builds_are_equal_byte_for_byte() {
        let folder = Folder::with_editions();
        assert_eq!(folder.compose().unwrap().files, folder.compose().unwrap().files);
    }

    #[test]
    fn what_nobody_finds_has_addresses_that_work_at_any_depth() {
        let html = Folder::with_editions().page("404.html");
        assert!(html.contains("href=\"https://example.org/signal/archive/\""), "{html}");
        assert!(html.contains("href=\"https://example.org/signal/assets/style."), "{html}");
    }

    #[test]
    fn the_caller_may_move_the_site_and_add_files() {
        let folder = Folder::with_editions();
        folder.edition("2026-Q2", "[The data](../data/numbers.csv), ![Bars](../files/a.png).\n");
        folder.put("content/files/a.png", "not really");
        let files = BTreeMap::from([("data/numbers.csv".to_owned(), b"x".to_vec())]);
        let options = Options { base_url: Some("http://localhost:8000".to_owned()), files, ..Options::default() };
        let site = folder.compose_with(&options).unwrap_or_else(|faults| panic!("{faults}"));
        let html = String::from_utf8_lossy(&site.files["2026-q2/index.html"]).into_owned();
        assert!(html.contains("href=\"http://localhost:8000/2026-q2/\""), "{html}");
        assert_eq!(site.files["files/a.png"], b"not really");
        assert_eq!(site.files["data/numbers.csv"], b"x");
    }

    #[test]
    fn quiet_categories_get_a_line_unless_the_editor_says_one() {
        let line = "<li id=\"quiet-edge\"><strong>On-device</strong> 47 people made 481 commits, 18% more people than in \
                    the quarter before.</li>";
        let made = edition("Lede.\n\n## Up {#kernels}\n\nText.\n\n## Other\n\nText.\n");
        assert!(made.contains(line), "{made}");
        let places = ["id=\"kernels\"", "id=\"quiet-corners\"", "id=\"other\""].map(|id| made.find(id).unwrap());
        assert!(places.is_sorted(), "after the categories, before the rest");
        assert!(made.contains("<a href=\"#quiet-edge\">On-device</a>"), "the table leads to it");
        let joined = edition("## Quietly {#small .quiet}\n\n- **GPU Kernels & Performance** rest.\n");
        assert!(joined.contains("</ul>\n<ul>\n<li id=\"quiet-edge\">") && !joined.contains("id=\"quiet-kernels\""));
        let said = edition("## Up {#kernels}\n\nA.\n\n## Quiet {.quiet}\n\n- **On-device** is as it was.\n");
        assert!(!said.contains("quiet-edge"));
        let folder = Folder::new();
        folder.put(
            "content/editions/2026-q2.md",
            "---\ntitle: A\nsummary: B\nwithout: [quiet-corners, categories]\n---\nText.\n",
        );
        assert!(!folder.page("2026-q2/index.html").contains("quiet"));
    }

    #[test]
    fn what_is_under_embargo_waits_for_its_day() {
        let folder = Folder::new();
        folder
            .edition("2026-Q1", "Out.\n")
            .put("content/editions/2026-q2.md", "---\ntitle: Secret\nsummary: B\nembargo: 2026-08-01\n---\nText.\n");
        let built = |today: &str, drafts: bool| {
            let options = Options { today: Some(today.parse().unwrap()), drafts, ..Options::default() };
            folder.compose_with(&options).unwrap()
        };
        let before = built("2026-07-31", false);
        assert_eq!(before.kept_back, ["content/editions/2026-q2.md is under embargo until 2026-08-01"]);
        let whole: Vec<u8> = before.files.values().flatten().copied().collect();
        assert!(!String::from_utf8_lossy(&whole).contains("Secret"), "nothing of it is in any file");
        for shown in [built("2026-07-31", true), built("2026-08-01", false)] {
            assert!(shown.kept_back.is_empty() && shown.files.contains_key("2026-q2/index.html"));
        }
    }

    #[test]
    fn a_call_stands_in_a_section_that_there_is() {
        let folder = Folder::new();
        let calls = "calls: {hiring: {label: Write, url: 'mailto:a@example.org'}}\n";
        folder.put("signal.yaml", &format!("{SETTINGS}theme: signal\n{calls}"));
        folder.edition("2026-Q2", "## If you are hiring {#hiring}\n\nText.\n");
        let html = folder.page("2026-q2/index.html");
        assert!(html.contains("<a class=\"action\" href=\"mailto:a@example.org\">Write</a>"), "{html}");
        folder.edition("2026-Q2", "## If you are hiring {#hire}\n\nText.\n");
        assert!(folder.faults().contains("no edition has a section `hiring`"));
    }

    #[test]
    fn an_edition_says_what_was_corrected_and_how_to_cite_it() {
        let folder = Folder::new();
        folder.put("signal.yaml", &format!("{SETTINGS}theme: signal\n")).put(
            "content/editions/2026-q2.md",
            "---\ntitle: A & B\nsummary: B\nbyline: The desk\npublished_on: 2026-07-14\n\
             corrections: [{on: 2026-07-20, text: It was <five>.}]\n---\nText.\n",
        );
        let html = folder.page("2026-q2/index.html");
        assert!(html.contains("<time datetime=\"2026-07-20\">20 July 2026</time></dt><dd>It was &lt;five&gt;.</dd>"));
        let cite = "The desk: “A &amp; B”, The Signal no. 1, Second quarter 2026, 14 July 2026, \
                    https://example.org/signal/2026-q2/";
        assert!(html.contains(cite), "{html}");
        assert!(html.contains("title = {A \\&amp; B}"), "{html}");
    }

    #[test]
    fn drafts_are_for_those_who_ask() {
        let folder = Folder::with_editions();
        folder.put(
            "content/editions/2026-q2.md",
            "---\ntitle: A\nsummary: B\ndraft: true\n---\n{{ corpus().nonsense }}\n",
        );
        assert!(!folder.compose().unwrap().files.contains_key("2026-q2/index.html"));
        let options = Options { drafts: true, ..Options::default() };
        assert!(folder.compose_with(&options).unwrap_err().to_string().contains("no metric `nonsense`"));
    }

    #[test]
    fn pages_of_editors_stand_beside_the_program_s_own() {
        let folder = Folder::with_editions();
        folder.put(
            "content/pages/about.md",
            "---\ntitle: About\n---\nWe count {{ corpus().commits }}.\n\n## Who {#who}\n\nUs.\n",
        );
        folder.put("content/pages/index.md", "---\ntitle: Home\n---\nWelcome, [about us](about/#who).\n");
        folder.put("content/pages/methodology.md", "---\ntitle: How we count\n---\nCarefully, [see](../about/).\n");
        assert!(folder.page("about/index.html").contains("<h2 id=\"who\">Who</h2>\n<p>Us.</p>"));
        assert!(folder.page("index.html").contains("<p>Welcome, <a href=\"about/#who\">about us</a>.</p>"));
        assert!(folder.page("methodology/index.html").contains("<h1>How we count</h1>\n<p>Carefully, "));
    }

    #[test]
    fn the_lede_works_on_the_home_page_too() {
        let home = Folder::with_editions().page("index.html");
        assert!(home.contains("<a href=\"2026-q2/#kernels\">below</a>"), "{home}");
    }
}

mod content {
    use super::*;

    #[test]
    fn anchors_are_not_comments_and_code_is_not_evaluated() {
        let html = edition("## Title {#kernels}\n\n`{{ x }}`\n\n```\n{{ y }} {% z %}\n```\n\n    {{ w }}\n");
        for kept in ["id=\"kernels\"", "<code>{{ x }}</code>", "{{ y }} {% z %}", "{{ w }}"] {
            assert!(html.contains(kept), "{kept} in {html}");
        }
    }

    #[test]
    fn values_are_never_markdown() {
        let html = edition("**{{ '*a* <b> [x](y) `c` &amp;' }}** {{ corpus().commits }}_\n");
        assert!(html.contains("<strong>*a* &lt;b&gt; [x](y) `c` &amp;amp;</strong>"), "{html}");
        assert!(html.contains(">1,204</data></button>_"), "{html}");
    }

    #[test]
    fn values_stand_in_headings_tables_links_quotes_and_alternative_texts() {
        let folder = Folder::new();
        folder.put("content/files/a.png", "not really").edition(
            "2026-Q2",
            "## {{ corpus().commits }} commits\n\n| a | b |\n|---|--:|\n| {{ corpus().contributors | change | abs }} | x |\n\n\
             > \"{{ corpus().contributors }}\" [{{ corpus().commits }} of them](#commits)\n\n\
             ![{{ corpus().commits }} commits](../files/a.png)\n",
        );
        let html = folder.page("2026-q2/index.html");
        assert!(html.contains("<section id=\"commits\""), "{html}");
        assert!(html.contains("<td><button") && html.contains(">18%</data></button></td>"), "{html}");
        assert!(html.contains("<p>“<button") && html.contains("</button>” <a href=\"#commits\"><data"), "{html}");
        assert!(html.contains("alt=\"1,204 commits\""), "{html}");
    }

    #[test]
    fn every_figure_opens_its_explanation_without_script() {
        let html = edition(
            "{{ category('kernels').contributors | change }} of {{ category('kernels').contributors | change }}, \
             {{ repo('executorch').commits | share(of=category('edge')) }}, {{ flow('edge', 'kernels') }}, \
             {{ sources('ExecuTorch') }}\n\n## Next\n\n{{ category('kernels').contributors | change }}\n",
        );
        let count = |text: &str| html.matches(text).count();
        let id = "about-category-kernels-contributors-change-2026-q2";
        assert_eq!(count(&format!("popovertarget=\"{id}\"")), 2, "one explanation for a section's like figures");
        assert_eq!((count(&format!("id=\"{id}\"")), count(&format!("id=\"{id}-2\""))), (1, 1));
        let (_, gloss) = html.split_once(&format!("id=\"{id}\" popover>")).unwrap();
        let gloss = gloss.split("</div>\n").next().unwrap();
        insta::assert_snapshot!(gloss, @r#"<p><strong>Contributors</strong> GPU Kernels &amp; Performance, second quarter 2026</p><p>What it is.</p><dl><div><dt>2026-Q2</dt><dd>71</dd></div><div><dt>2026-Q1</dt><dd>60</dd></div><div><dt>Change</dt><dd>+18%</dd></div></dl><p class="check"><a href="../methodology/#metric-contributors">How it is counted</a>, or check it with <code>signal figures explain "category:kernels contributors_change 2026-Q2"</code></p>"#);
        assert!(html.contains("<dt>On-device</dt><dd>481</dd></div><div><dt>Share</dt><dd>75%</dd>"), "{html}");
        assert!(html.contains("<dt>2026-Q2</dt><dd>&lt;5</dd>"), "masked there too: {html}");
        assert_eq!(count("popovertarget="), 6);
    }

    #[test]
    fn a_chart_takes_the_place_of_its_paragraph() {
        let chart =
            "{{ chart(\"trend\", scope=\"category:kernels\",\n   metric=\"contributors\", title=\"Up & away\") }}";
        let folder = Folder::new();
        // A theme may leave blank lines, which would end a block of HTML if this were read as markdown again.
        folder.put(
            "overrides/templates/chart.html",
            "<figure id=\"{{ chart.id }}\">\n\n\n{{ chart.wide_svg }}\n\n*not markdown*\n</figure>\n",
        );
        let html =
            folder.edition("2026-Q2", &format!("Before.\n\n{chart}\n\n- a\n\n  {chart}\n")).page("2026-q2/index.html");
        assert!(html.contains("<p>Before.</p>\n<figure id=\"chart-up-away\">\n<svg"), "{html}");
        assert!(html.contains("\n*not markdown*\n</figure>"), "{html}");
        assert!(html.contains("<figure id=\"chart-up-away-2\">"), "{html}");
        assert!(!main_of(&html).contains("<p><figure"), "{html}");
    }

    #[test]
    fn comments_are_for_other_editors() {
        let html = edition(
            "A <!-- secret {{ nonsense --> b.\n\n<!-- secret\n\n{{ x }} -->\n\n<div><!-- secret -->kept</div>\n",
        );
        assert!(!html.contains("secret") && html.contains("<div>kept</div>"), "{html}");
    }

    #[test]
    fn footnotes_are_numbered_as_they_are_met() {
        let html = edition(
            "One[^b], two[^a].\n\n## S\n\nThree[^c], again[^b].\n\n[^a]: A {{ corpus().commits }}.\n[^b]: B.\n[^c]: C.\n",
        );
        insta::assert_snapshot!("footnotes", main_of(&html));
    }

    #[test]
    fn sections_know_what_they_are() {
        let html = edition(
            "## Kernels\n\nA.\n\n## Quiet {#edge .quiet}\n\nB.\n\n### Deeper\n\nC.\n\n## Hiring\n\n## Hiring\n",
        );
        let classes =
            ["id=\"kernels\" class=\"category\"", "id=\"edge\" class=\"quiet\"", "id=\"hiring\" class=\"text\""];
        for class in classes.iter().chain(&["id=\"hiring-2\"", "<h3 id=\"deeper\">"]) {
            assert!(html.contains(class), "{class} in {html}");
        }
    }

    #[test]
    fn nothing_stands_where_no_value_can() {
        insta::assert_snapshot!(
            "no_place",
            faults(
                "[a]({{ corpus().commits }}) ![b]({{ corpus().commits }}.png) <b class=\"{{ corpus().commits }}\">c</b>\n\n\
             <div>\n{{ corpus().commits }}\n</div>\n\n## D {#{{ corpus().commits }}}\n\n[e][e]\n\n[e]: ../{{ corpus().commits }}/\n\n\
             [f]: {{ corpus().commits }}\n\nA {{ chart('bars', metric='contributors', of='categories', title='T') }} chart.\n",
            )
        );
    }

    #[test]
    fn what_is_wrong_in_a_text_is_said_at_its_place() {
        let texts = [
            "Wörds {{ corpus().commits | change }} and\n{{ category(\"kernels\").contributrs }}.\n",
            "Two at once: {{ corpus().comits }} and [a]().\n",
            "Over several lines {{ category(\"kernels\")\n   .contributors\n   | chnge }}.\n",
            "An icon \u{e000}, and one &#xF0000; more.\n",
            "One &#xF0000; alone.\n",
            "# Title\n",
            "## A {#a}\n\n## B {#a}\n",
            "## A {.quite}\n",
            "![](../files/a.png)\n",
            "![a](https://example.org/a.png)\n",
            "[a](/archive/) [b](//example.org/) [c](javascript:alert) [d]() [e](../../x)\n",
            "[a][nowhere] [b][] [c] and note[^1].\n",
            "Note[^nowhere], \\[^1] and `[^1]`.\n",
            "A.\n\n[^1]: Never met.\n",
            "<!-- for ever\n\nText.\n",
            "{% if x %}\n",
            "An {{ unclosed\n\nparagraph }}.\n",
            "[a](../archiv/) [b](../archive) [c](#kernals) [d](../2026-q1/) [e](../archive/index.html)\n\n## Kernels\n",
        ];
        let told: Vec<String> = texts.iter().map(|text| faults(text)).collect();
        insta::assert_snapshot!("text_faults", told.join("\n\n"));
    }
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_program(parts in proptest::collection::vec(
        proptest::sample::select(vec![
            "{{ corpus().commits }}", "{{ '<' }}", "word", " ", "\n", "\n\n", "## ", "> ", "- ", "    ", "| a | b |\n|--|--|\n|",
            "`", "```\n", "<!--", "-->", "<div>", "</div>", "[^1]", "[^1]: ", "[a](../archive/)", "![", "](#x)", "*", "_", "\"", "--",
            "{#id}", "{.quiet}", "\\", "&amp;", "é", "[", "]", "(", ")", "<https://example.org>", "{% %}", "}}", "~~",
        ]),
        0..16,
    )) {
        let manuscript = super::manuscript::Manuscript { file: "a.md".into(), text: parts.concat(), body: 0, ..super::manuscript::Manuscript::default() };
        if let Ok(scanned) = super::scanner::scan(&manuscript) {
            let filling = super::markdown::Filling::Value { text: "VALUE".to_owned(), html: "<data>VALUE</data>".to_owned(), about: None };
            let fillings = vec![filling; scanned.expressions.len()];
            let home = super::address::Address::new("2026-q2/");
            if let Ok(rendered) = super::markdown::render(&manuscript, &scanned, &fillings, &home, &home) {
                let whole = rendered.whole();
                proptest::prop_assert_eq!(whole.matches("VALUE").count(), fillings.len(), "{}", whole);
                proptest::prop_assert!(!whole.chars().any(super::manuscript::is_private), "{}", whole);
            }
        }
    }
}

mod publication {
    use super::*;

    #[test]
    fn two_pages_for_one_address_are_refused() {
        let folder = Folder::with_editions();
        folder.put("content/pages/archive.md", "---\ntitle: A\n---\n");
        folder.put("content/pages/2026-q2.md", "---\ntitle: A\n---\n");
        folder.put("content/pages/About.md", "---\ntitle: A\n---\n");
        folder.put("content/pages/about.md", "---\ntitle: A\n---\n");
        insta::assert_snapshot!("addresses", folder.faults());
    }

    #[test]
    fn the_name_of_an_edition_is_its_quarter() {
        let folder = Folder::new();
        for name in ["2026-Q2.md", "2026-q5.md", "summer.md", "2024-q1.md", "old/2026-q1.md"] {
            folder.put(&format!("content/editions/{name}"), "---\ntitle: A\nsummary: B\n---\n");
        }
        folder.put("content/editions/2026-q2.lock.yaml", "sealed: true\n");
        insta::assert_snapshot!("names", folder.faults());
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_publication_are_refused() {
        let (folder, outside) = (Folder::with_editions(), tempfile::NamedTempFile::new().unwrap());
        std::os::unix::fs::symlink(outside.path(), folder.path().join("content/editions/2025-q4.md")).unwrap();
        insta::assert_snapshot!("symlink", folder.faults());
    }
}

mod theme {
    use super::*;

    fn with(file: &str, text: &str) -> String {
        let folder = Folder::with_editions();
        folder.put("overrides/templates/page.html", "{{ body_html }}").put(file, text);
        folder.put("content/pages/about.md", "---\ntitle: About\n---\nText.\n");
        folder.faults()
    }

    const PAGE: &str = "overrides/templates/page.html";

    #[test]
    fn what_is_wrong_in_a_template_is_said_at_its_place() {
        let partial = Folder::with_editions();
        partial
            .put("overrides/templates/home.html", "{% if true %}\n{% include 'partials/byline.html' %}\n{% endif %}");
        partial.put("overrides/templates/partials/byline.html", "<p>\n{{ latest.titel }}\n</p>");
        let mut told = vec![partial.faults()];
        let templates = [
            "<p>{{ titel }}</p>",
            "<p>\n  {{ page.titel }}</p>",
            "{% if site.tag_line %}{% endif %}",
            "{% for x in pages %}{% endfor %}",
            "{{ site.tagline }}",
            "{% include \"partial.html\" %}",
            "{% block main %}",
            "{{ asset(\"styles.css\") }}",
            "<a href=\"{{ link(\"/archive/\") }}\">Archive</a>",
            "{% for i in range(10000) %}{% for j in range(10000) %}{% endfor %}{% endfor %}",
        ];
        let deep = ["1+", "-", "not ", "1 and "].map(|sign| format!("<p>{{{{ {}1 }}}}</p>", sign.repeat(30_000)));
        for template in &deep {
            assert!(with(PAGE, template).contains("are read"), "{}", &template[..20]);
        }
        told.extend(templates.iter().map(|template| with(PAGE, template)));
        insta::assert_snapshot!("template_faults", told.join("\n\n"));
    }

    #[test]
    fn every_address_in_a_template_has_to_lead_somewhere() {
        let templates = [
            "<a href=\"{{ link(\"archiv/\") }}\">Archive</a>",
            "<a href=\"/archive/\">Archive</a>",
            "<a href=\"{{ link(\"archive/#1999\") }}\">Archive</a>",
            "<a href=\"#nowhere\">x</a>",
            "<a href='{{ absolute(\"archiv/\") }}'>Archive</a>",
            "<img src=\"https://example.com/pixel.gif\" alt=\"\"><script src=\"https://example.com/a.js\"></script>",
            "<link rel=\"stylesheet\" href=\"https://example.com/font.css\">",
            "<img src=\"{{ link(\"index.html\") }}\">",
            "<p id=\"a\"></p><p id=\"a\"></p>",
        ];
        let told: Vec<String> = templates.iter().map(|template| with(PAGE, template)).collect();
        insta::assert_snapshot!("template_addresses", told.join("\n\n"));
    }

    #[test]
    fn a_theme_says_what_it_is() {
        let theme = |files: &[(&str, &str)]| {
            let folder = Folder::with_editions();
            folder.put("signal.yaml", &format!("{SETTINGS}theme: plain\n"));
            for (file, text) in files {
                folder.put(file, text);
            }
            folder.faults()
        };
        let told = [
            theme(&[("themes/plane/theme.yaml", "")]),
            theme(&[("themes/plain/templates/page.html", "")]),
            theme(&[("themes/plain/theme.yaml", "name: Plain\ncontract: 2\n")]),
            theme(&[
                ("themes/plain/theme.yaml", "name: Plain\ncontract: 1\n"),
                ("themes/plain/templates/base.html", ""),
            ]),
        ];
        insta::assert_snapshot!("themes", told.join("\n\n"));
    }

    #[test]
    fn the_shipped_theme_shows_everything() {
        let folder = Folder::with_editions();
        folder.put(
            "signal.yaml",
            &format!("{SETTINGS}tagline: T\nsubscribe: {{label: S, url: https://example.org/s}}\n"),
        );
        folder.edition(
            "2026-Q2",
            "The lede, {{ corpus().commits }} commits[^1].\n\n[^1]: A note.\n\n## Up {#kernels}\n\n\
             {{ chart('trend', scope='category:kernels', metric='contributors', title='It rises') }}\n\n\
             {{ chart('bars', of='categories', metric='contributors', title='All rise') }}\n\n\
             ## Quiet {#edge .quiet}\n\nLittle.\n\n## Hiring\n\nMuch.\n",
        );
        folder.edition("2026-Q3", "An open quarter.\n").edition("2025-Q3", "A quarter with little known.\n");
        folder.put("content/pages/about.md", "---\ntitle: About\n---\nUs.\n");
        let html = folder.page("2026-q2/index.html");
        for shown in [">1,204</data>", "It rises", "All rise", "Little.", "Much.", "GPU Kernels &amp; Performance"] {
            assert!(html.contains(shown), "{shown}");
        }
        assert!(folder.page("archive/index.html").contains("../2025-q3/"));
        assert!(folder.page("about/index.html").contains("<p>Us.</p>"));
    }

    #[test]
    fn icons_and_assets_are_found() {
        let folder = Folder::with_editions();
        folder.put("overrides/assets/icons/chip.svg", "<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 1 1\"></svg>\n");
        folder.put("overrides/assets/img/logo.svg", "<svg></svg>");
        folder.put(
            PAGE,
            "{{ icon('chip') }}{{ icon('none') }}<img alt='' src='{{ asset('img/logo.svg') }}'>{{ 'a/b<c>' }}",
        );
        folder.put("content/pages/a/b.md", "---\ntitle: About\n---\n");
        let html = folder.page("a/b/index.html");
        let start = "<svg class=\"icon\" aria-hidden=\"true\" viewBox=\"0 0 1 1\"></svg><img alt='' src='../../assets/img/logo.";
        assert!(html.starts_with(start) && html.ends_with(".svg'>a/b&lt;c&gt;"), "{html}");
    }
}
