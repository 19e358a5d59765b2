//! The closed vocabulary: which words stand for which metric, direction or time. `docs/check.md` prints these tables.
//!
//! A pattern is words between blanks; `a|b` are alternatives, `[a|b]` may be missing, `PEOPLE` stands for all words for
//! people, `AGENT` for those for agents.

/// Words for people who commit.
pub const PEOPLE: &str = "contributor|contributors|person|people|developer|developers|engineer|engineers|author|authors|\
                          committer|committers|programmer|programmers|coder|coders|individual|individuals|humans";

/// Words for what helps to write code.
pub const AGENT: &str = "agent|assistant|helper|tool";

/// A pattern with the words for people and agents in it.
#[must_use]
pub fn full(pattern: &str) -> String {
    let agents: Vec<String> = AGENT.split('|').map(|word| format!("{word}s")).collect();
    pattern.replace("PEOPLE", PEOPLE).replace("AGENTS", &agents.join("|")).replace("AGENT", AGENT)
}

/// Nouns, by the metric that they stand for.
pub const NOUNS: &[(&str, &str)] = &[
    ("contributors", "PEOPLE"),
    ("contributors", "active|different|distinct|individual|unique|human PEOPLE"),
    ("contributors", "contributor|people|developer|head count|counts|numbers"),
    ("contributors", "headcount|contributorship|crowd|crew|community|folks|souls|hackers"),
    ("contributors", "those|everybody|everyone who work|works|worked|commit|commits|committed [on|to|in|here|there]"),
    ("contributors", "those at work"),
    ("contributors", "those active [here|there]"),
    ("contributors", "contributor|people|developer|engineer base|pool"),
    ("contributors", "base|pool|number|numbers of PEOPLE"),
    ("contributors", "team|community|workforce size"),
    ("contributors", "roster|rosters"),
    ("contributors", "number of [active|distinct] PEOPLE"),
    ("contributors_ever", "PEOPLE ever"),
    ("contributors_ever", "PEOPLE to date"),
    ("contributors_ever", "all-time PEOPLE"),
    ("contributors_ever", "PEOPLE since the beginning"),
    ("contributors_ever", "PEOPLE over its|their|the whole|entire history"),
    ("new", "new|first-time|fresh PEOPLE"),
    ("new", "newcomer|newcomers|first-timer|first-timers|newbies|debutants|arrivals"),
    ("new", "new|fresh|unfamiliar faces|names|hands|arrivals|recruits|entrants"),
    ("new", "PEOPLE who had never committed|contributed before"),
    ("new", "number of newcomers"),
    ("new", "newcomer intake|numbers|count|counts"),
    ("one_week_share", "single-week PEOPLE"),
    ("new", "number of new PEOPLE"),
    ("new", "those new to"),
    ("new", "those|people|contributors|developers who turned|showed up [here|there] for the first time"),
    ("new", "PEOPLE who had never been seen before"),
    ("retained", "retained|continuing|carried-over PEOPLE"),
    ("retained", "PEOPLE who stayed|remained"),
    ("retained", "those who stayed|remained"),
    ("retained", "stayers"),
    ("churned", "PEOPLE who left"),
    ("churned", "those who left"),
    ("returning", "returning PEOPLE"),
    ("returning", "returnee|returnees|returners"),
    ("churned", "churned|departed|departing|lapsed PEOPLE"),
    ("churned", "departures|leavers"),
    ("core", "core PEOPLE"),
    ("core", "core group|team"),
    ("regular", "regular PEOPLE"),
    ("casual", "casual PEOPLE"),
    ("drive_by", "drive-by PEOPLE"),
    ("drive_by", "drive-bys|one-off|one-offs"),
    ("drive_by", "drive-by newcomers"),
    ("drive_by", "one-commit PEOPLE|newcomers"),
    ("absence_factor", "absence|bus|truck factor|factors"),
    ("elephant_factor", "elephant factor|factors"),
    ("organisations", "organisation|organisations|organization|organizations|companies|employers"),
    ("commits", "commit|commits"),
    ("commits", "commit count|counts|total|totals|volume"),
    ("commits", "everything [that] people|developers|contributors committed|wrote"),
    ("commits", "number of commits"),
    ("commits", "output"),
    ("commits", "what is|was committed"),
    ("commits", "volume|number|count of commits"),
    ("commits", "everything that is committed"),
    ("commits", "everything that ' s committed"),
    ("commits", "commits by people|humans"),
    ("commits_new", "commits by|from newcomers|first-timers"),
    ("commits_new", "commits by|from new|first-time PEOPLE"),
    ("commits_retained", "commits by|from retained|continuing PEOPLE"),
    ("agent_assisted", "agent-assisted|assisted commits"),
    ("agent_assisted", "commits with a coding agent"),
    (
        "agent_assisted",
        "commits that|which name|named|credit|credited|mention|mentioned|list|listed|acknowledge|disclose a|an [coding|ai] AGENT",
    ),
    ("agent_assisted", "commits naming|crediting|mentioning|listing a|an [coding|ai] AGENT"),
    ("agent_assisted", "commits written|made with [the] [help|aid] [of] a|an [coding|ai] AGENT"),
    ("agent_assisted", "commits assisted by a|an [coding|ai] AGENT"),
    ("agent_assisted", "commits assisted by [coding|ai] AGENTS"),
    ("agent_authored", "agent-authored|agent-written commits"),
    ("agent_authored", "commits [authored|written] by|from [coding|ai] AGENTS"),
    ("agents", "coding|ai AGENT|AGENTS"),
    ("agents", "use of [named] coding|ai AGENTS"),
    ("bots", "bots"),
    ("bot", "bot|automated commits|activity"),
    ("bot", "commits [made|authored] by|from bots"),
    ("merges", "merge|merges"),
    ("merges", "merge commits"),
    ("active_repos", "active repositories|repos|projects|repository"),
    ("tracked_repos", "tracked repositories|repos|projects"),
    ("tracked_repos", "repositories|repos|projects that|which this|the report follows|tracks|covers"),
    ("tracked_repos", "repositories|repos we|it follow|follows|track|tracks"),
    ("lines_added", "lines [of] [code] added"),
    ("lines_added", "added lines"),
    ("lines_removed", "lines [of] [code] removed|deleted"),
    ("lines_removed", "removed|deleted lines"),
    ("lines_changed", "lines [of] [code] changed|touched"),
    ("lines_changed", "changed lines"),
    ("hours", "[estimated] hours|hour"),
    ("hours", "estimated hours of work"),
    ("hours", "hours of work"),
    ("active_weeks", "active weeks|week"),
    ("active_weeks", "weeks of activity"),
    ("active_weeks", "mean|average|typical presence|commitment|attendance|tenure|stay"),
    ("active_weeks", "different|distinct weeks"),
    ("active_weeks_median", "median active weeks"),
    ("reworked_files", "reworked files"),
    ("retention", "retention [rate]"),
    ("churn_rate", "churn [rate]"),
    ("churn_rate", "attrition"),
    ("core_retention", "core retention"),
    ("new_share", "newcomer share|rate"),
    ("new_share", "share of newcomers"),
    ("new_share", "share of new PEOPLE"),
    ("one_week_share", "one-week share"),
    ("agent_assisted_share", "share of agent-assisted commits"),
    ("agent_assisted_share", "agent-assisted share"),
    ("overlap", "overlap|overlaps"),
];

/// What people or commits are said to be or to have done, by the metric that counts them.
pub const TRAITS: &[(&str, &str)] = &[
    ("new", "for the first time"),
    ("new", "for the very first time"),
    ("new", "were|was|are there|here for the first time"),
    ("new", "first-time"),
    ("new", "brand|entirely|all new"),
    ("new", "new"),
    ("new", "newly arrived"),
    ("new", "new to it|them|us"),
    ("new", "new to the project|category|repository|corpus|codebase|report|field"),
    ("new", "had|have|has never been seen [here|there] [before]"),
    ("new", "had|have|has never committed|contributed|appeared [here|there] [before]"),
    ("new", "had|have not been seen|active [here|there] before"),
    ("new", "had|have not been there|here before"),
    ("new", "had|have never before contributed|committed|appeared|worked [here|there]"),
    ("new", "had|have not contributed|committed|worked [here|there] before"),
    ("new", "never [been] seen [here|there] before"),
    ("new", "making|made|make|makes their|a|his|her first commit|commits|contribution|appearance"),
    ("new", "made|making their debut"),
    ("new", "first commit|commits ever"),
    ("new", "arrived|joined|debuted"),
    ("new", "nobody had|has seen [there|here] [before]"),
    ("new", "turned|showed up for the first time"),
    ("new", "in their first quarter"),
    ("retained", "stayed|stay [on]"),
    ("retained", "carried over|on"),
    ("present", "were|was|are at work"),
    ("present", "were|was active"),
    ("present", "had|have [also] been there|here|active|around|seen [already]"),
    ("present", "were|was there|here|around [already|before]"),
    ("present", "there|here already|before"),
    ("retained", "remained|remain"),
    ("retained", "stuck around"),
    ("retained", "were|was|are|been retained"),
    ("retained", "retained"),
    ("returning", "returning"),
    ("retained", "kept going|committing|contributing"),
    ("retained", "held over [from the quarter before]"),
    ("retained", "had been|committed|contributed [there|here] [in] the quarter before"),
    ("retained", "were|was already there|here"),
    ("returned", "came|come|coming back"),
    ("returned", "were|was|are back"),
    ("returned", "returned|return"),
    ("returned", "back for more"),
    ("returned", "were|was|are still committing|working|active|there|here|around"),
    ("returned", "committed|commit again"),
    ("returned", "were|was active|seen|present again"),
    ("returned", "showed up again"),
    ("returning", "came|come back after a|an break|pause|absence|gap"),
    ("returning", "returned|returning|return after a|an break|pause|absence|gap"),
    ("returning", "came|come back after a quarter|time away|off"),
    ("returning", "returned after a quarter|time away|off"),
    ("churned", "left|leave|departed|vanished|disappeared"),
    ("churned", "[have|had|were|was] gone"),
    ("churned", "were|was|are absent from"),
    ("churned", "did not show [up]"),
    ("churned", "didn ' t show [up]"),
    ("churned", "did|do|didn't|don't not come|return [back]"),
    ("churned", "didn't|don't return"),
    ("churned", "didn't|don't come back"),
    ("churned", "didn ' t return"),
    ("churned", "didn ' t come back"),
    ("churned", "failed to return"),
    ("churned", "failed to come back"),
    ("churned", "did not come back"),
    ("churned", "dropped out|off|away"),
    ("churned", "were|was|are not seen again"),
    ("churned", "walked|fell|drifted away"),
    ("churned", "fell|went silent|quiet"),
    ("drive_by", "made|make|left|leave|contributed|landed [just|only|exactly] a|one [single] commit [only|each]"),
    ("drive_by", "left it at a|one [single] commit"),
    ("drive_by", "never came back for a second commit"),
    ("drive_by", "never came back"),
    ("drive_by", "made exactly|just|only one commit"),
    ("drive_by", "stopped after a|one [single] commit"),
    ("drive_by", "with a|only|just|exactly one|single commit"),
    ("one_week", "were|was|are active [in|for|during] [just|only] a|one [single] week [only]"),
    ("one_week", "active [in|for|during] [just|only] a|one [single] week [only]"),
    ("one_week", "in a|one [single] week [only]"),
    ("one_week", "in just|only a|one [single] week"),
    ("one_week", "within a single week"),
    ("agent_assisted", "name|names|named|naming a|an|the [coding|ai] AGENT [as] [a] [helper]"),
    ("agent_assisted", "carry|carries|carried|bear|bears|bore the name|names of a|an [coding|ai] AGENT"),
    ("agent_assisted", "name|names|named [coding|ai] AGENTS"),
    ("agent_assisted", "carry|carries|carried|bear|bears|bore a|an [coding|ai] AGENT ' s name|signature|mark"),
    ("agent_assisted", "a|an|the [coding|ai] AGENT is|was named|credited|mentioned"),
    ("agent_assisted", "agents were|are named|credited|mentioned"),
    (
        "agent_assisted",
        "disclose|discloses|disclosed|acknowledge|acknowledges|acknowledged a|an [coding|ai] AGENT|assistant|helper",
    ),
    ("agent_assisted", "credit|credits|credited|crediting a|an [coding|ai] AGENT"),
    ("agent_assisted", "mention|mentions|mentioned|mentioning a|an [coding|ai] AGENT"),
    ("agent_assisted", "list|lists|listed|listing a|an [coding|ai] AGENT"),
    ("agent_assisted", "were|was|are written|made|produced with [the] [help|aid] [of] a|an [coding|ai] AGENT"),
    ("agent_assisted", "with [the] help of|from a|an [coding|ai] AGENT"),
    ("agent_assisted", "with a|an [coding|ai] AGENT"),
    ("agent_assisted", "had|have help from a|an [coding|ai] AGENT"),
    ("agent_assisted", "were|was|are [coding] agent-assisted"),
    ("agent_assisted", "agent-assisted"),
    ("agent_assisted", "were|was|are assisted by a|an [coding|ai] AGENT"),
    ("agent_assisted", "were|was|are assisted by [coding|ai] AGENTS"),
    ("agent_authored", "[were|was|are] [written|authored] by [coding|ai] AGENTS"),
    ("bot", "[were|was|are] [made|written|authored] by bots"),
    ("commits_new", "[came|come|were|was] [made|written] by|from newcomers|first-timers"),
    ("commits_retained", "[came|come|were|was] [made|written] by|from those|people who stayed"),
    ("core", "core"),
    ("core", "form|formed|forms|make up the core"),
];

/// Which way something went, and how far it has to have gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// 1 up, -1 down, 0 neither.
    pub way: i8,
    /// Whether the word says that it was much.
    pub force: Force,
}

/// How much a word of direction says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// A little: `edged up`.
    Slight,
    /// Any amount.
    Plain,
    /// Much: `soared`.
    Steep,
}

/// Words of direction.
pub const MOVES: &[(i8, Force, &str)] = &[
    (1, Force::Plain, "rose|rises|rise|risen|rising|grew|grow|grows|grown|growing|growth"),
    (1, Force::Plain, "climbed|climbs|climb|climbing|increased|increases|increase|increasing"),
    (1, Force::Plain, "gained|gains|gain|gaining|expanded|expands|expansion|swelled|swells"),
    (
        1,
        Force::Plain,
        "up|higher|advanced|rebounded|recovered|improved|improves|improve|widened|broadened|prospered|strengthened",
    ),
    (1, Force::Plain, "went|gone|going up"),
    (1, Force::Plain, "picked|picks|picking up"),
    (1, Force::Plain, "put on"),
    (
        1,
        Force::Plain,
        "swelling|mounted|mounting|upswing|uptick|upturn|rallied|revived|enlarged|deepened|lengthened|upward|upwards",
    ),
    (1, Force::Plain, "bounced|bounces back"),
    (1, Force::Plain, "gathered|gained pace"),
    (1, Force::Plain, "picked|picks up speed|pace"),
    (1, Force::Plain, "scaled|stepped up"),
    (1, Force::Plain, "on the rise|up"),
    (1, Force::Steep, "ballooned|mushroomed|boomed|exploded|skyrocketing|soaring|surging|jumping"),
    (1, Force::Steep, "shot|shoots up"),
    (1, Force::Steep, "took off"),
    (
        -1,
        Force::Plain,
        "subsided|eroded|withered|sagged|downturn|downswing|downward|downwards|slackened|shrivelled|tapered|dwindling|receding|slumping|flagged|softened",
    ),
    (-1, Force::Plain, "tailed|tapered|dropped|fell|tails|thinned off|back|out"),
    (-1, Force::Plain, "on the decline|wane"),
    (-1, Force::Plain, "scaled|pulled|wound down|back"),
    (-1, Force::Plain, "fell|fallen back"),
    (-1, Force::Steep, "nosedived|cratered|evaporated|plunging|tumbling|collapsing"),
    (0, Force::Plain, "stagnated|plateaued|stagnant"),
    (0, Force::Plain, "marked time"),
    (0, Force::Plain, "little|hardly|barely changed|moved"),
    (0, Force::Plain, "stood still"),
    (1, Force::Plain, "raised|raises|lifted|lifts|boosted|boosts|multiplied"),
    (-1, Force::Plain, "reduced|reduces|lowered|lowers|trimmed|cooled|faded|waned|ebbed"),
    (1, Force::Plain, "became|grew more numerous"),
    (1, Force::Plain, "more numerous"),
    (1, Force::Slight, "edge|tick|inch|creep up|higher"),
    (-1, Force::Plain, "less numerous"),
    (-1, Force::Plain, "became|become|grew fewer"),
    (-1, Force::Slight, "edge|tick|inch|creep down|lower"),
    (1, Force::Slight, "edged|ticked|inched|crept|nudged up|higher"),
    (
        1,
        Force::Steep,
        "jumped|jumps|jump|surged|surges|surge|soared|soars|leapt|leaped|spiked|spike|rocketed|skyrocketed",
    ),
    (
        -1,
        Force::Plain,
        "fell|falls|fall|fallen|falling|dropped|drops|drop|dropping|declined|declines|decline|declining",
    ),
    (-1, Force::Plain, "decreased|decreases|decrease|decreasing|shrank|shrunk|shrinks|shrink|shrinking"),
    (
        -1,
        Force::Plain,
        "lost|loses|lose|losing|shed|sheds|contracted|slid|sank|sunk|down|lower|retreated|receded|worsened|deteriorated|thinned|dwindled|dwindle|diminished|diminish|weakened",
    ),
    (-1, Force::Plain, "went|gone|going down"),
    (-1, Force::Plain, "cut back"),
    (-1, Force::Slight, "slipped|slips|dipped|dips|dip|eased"),
    (-1, Force::Slight, "edged|ticked|inched|crept down|lower"),
    (-1, Force::Steep, "plunged|plunges|plunge|tumbled|slumped|slump|collapsed|plummeted|crashed"),
    (0, Force::Plain, "flat|unchanged|steady|stable|level"),
    (0, Force::Plain, "held|stayed|remained|was|were steady|flat|level|stable|unchanged"),
];

/// Verbs that say that something was multiplied, with the factor as a fraction.
pub const MULTIPLES: &[(i128, i128, &str)] = &[
    (2, 1, "doubled|doubles|double|doubling"),
    (3, 1, "tripled|triples|triple|trebled|trebling|tripling"),
    (4, 1, "quadrupled|quadruples|quadruple"),
    (5, 1, "quintupled"),
    (1, 2, "halved|halves|halving"),
];

/// Periods, by how many quarters they lie before the edition's.
pub const TIMES: &[(u16, &str)] = &[
    (0, "now|today"),
    (0, "this quarter"),
    (0, "the quarter|period"),
    (0, "this period"),
    (1, "last quarter"),
    (1, "the previous|prior|preceding|last quarter|period"),
    (1, "the quarter|period before|earlier|previous"),
    (1, "a|one quarter ago|earlier|before|previously"),
    (1, "three months ago|earlier|before|previously"),
    (1, "quarter-on-quarter|quarter-over-quarter"),
    (1, "quarter on|over quarter"),
    (1, "on the previous|quarter quarter"),
    (1, "on the quarter"),
    (2, "two quarters ago|earlier|before"),
    (2, "six months ago|earlier|before"),
    (2, "half a year ago|earlier|before"),
    (3, "three quarters ago|earlier|before"),
    (3, "nine months ago|earlier|before"),
    (4, "a|one year ago|earlier|before|previously"),
    (4, "the year before|earlier"),
    (4, "twelve|12 months ago|earlier|before"),
    (4, "four quarters ago|earlier|before"),
    (4, "year-on-year|year-over-year"),
    (4, "year on|over year"),
    (4, "on the year"),
    (1, "qoq"),
    (4, "yoy"),
    (4, "last year's quarter"),
    (4, "the same|corresponding quarter [of] last year"),
    (4, "the same|corresponding quarter a|one year ago|earlier|before"),
    (4, "the same|corresponding quarter of the previous|prior year"),
    (4, "this time last year"),
    (4, "last year"),
    (8, "two years ago|earlier|before"),
];

/// Words that change nothing.
pub const FILLERS: &str = "\
    the a an only just still also already again itself alone all both some even as many much then there \
    here together in-between whole entire overall meanwhile however though this these those quite fully \
    altogether total respectively any merely barely once too more-or-less simply clearly roughly";

/// Verbs of having and making: what follows is the subject's own.
pub const HAVING: &str = "\
    constituted constitutes constitute gathers sustained \
    has had have having drew draws draw drawing pulled pulls attracted attracts counted counts made \
    makes make making wrote writes write written recorded saw sees logged logs landed lands received \
    receives merged produced produces brought brings took takes contributed contributes accounted \
    accounts account accounting hosted hosts shipped ships mustered boasts boasted carried carries \
    closed posted posts registered registers tallied totalled totaled numbered numbers got gets showed \
    shows holds held keeps kept supplied supplies delivered delivers generated collected reached reaches \
    hit hits welcomed welcomes employs employed counting with passed finished ended ends reported \
    reports enjoyed committed commits-to worked work works is was were are stood stands comprised \
    comprises represented represents gathered form forms formed clocked clocks pushed pushes employ serves \
    serve needed needs stand remains managed manages landed racked published";

/// The same in more than one word.
pub const HAVING_PHRASES: &[&str] = &[
    "made|make|makes|making up",
    "came|comes|come to",
    "showed|shows|show|turned|turns|turn up",
    "amounted|amounts to",
    "took|takes|take in",
    "add|adds|added up to",
    "chipped in",
    "in the hands of",
];

/// Words that change what a sentence says in ways that the vocabulary can't follow.
pub const OPAQUE: &str = "\
    not never neither nor without nobody another other others further additional extra remaining rest \
    except excluding including added adds adding would could might may should expected expect expects \
    forecast target goal hardly scarcely if unless almost-all elsewhere short outside maintainers \
    reviewers reviews issues requests stars forks downloads releases hired employees didn wasn weren \
    hasn haven isn aren don doesn won";

/// Words that speak of several things at once.
pub const QUANTIFIERS: &str = "\
    every each all no none any only nobody neither either";

/// Whether a word is one of a list of words between blanks.
#[must_use]
pub fn is_one_of(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|other| other == word)
}
