//! Ordinary words in all their forms: what is said with them is neither a figure nor a change of one.
//!
//! A word belongs here only when a sentence with it counts the same people and commits as the sentence without it.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that may take the endings of verbs, nouns and adjectives.
const STEMS: &str = "\
    able absorb accept accomplish achieve acknowledge acquire act adopt advance affair afternoon aim allow \
    alongside amaze ambition analyse announce annual answer anybody anyone anything appear apply appreciate \
    approach architecture area arrange array article artificial ask aspect assemble assign assist assistant attach \
    attend attention audience aware backbone backend background balance band bang bank bar base basic basis batch \
    behave benefit bill block blog board body bold book boost bottom branch brave brief bright broad brother buffer \
    build builder built bulk bump burst business buy cadence calendar calm capable captain card care career case \
    catch cause celebrate central centre challenge champion chance channel character chart check child chip choice \
    choose circle clean clear clock code-base colleague column combine comfort comfortable command comment \
    committee companion compare compete complete complex compose compute concentrate confident configure connect \
    consider consist construct contain content context continue control converge convert cool coordinate copy core \
    corner correct cost country courage course cover craft create credit crisp critical crop culture curious \
    current curve custom customer cycle database date dawn deal debate decade decent dedicate deep define degree \
    delight demand demonstrate dense depend depth describe desert design desk detail determine develop device \
    devote differ difficult digest diligent direct discover discuss display distance distribute divide document \
    domain dominate door dozen draft drive driver dry duty eager earn ease east easy edge editor effect efficient \
    elect element embed emerge emphasis enable encode encounter enforce engage engagement enjoy enthusiast entrance \
    equip era essential establish evening event evidence examine exceptional exchange excite execute exercise exist \
    expand experience expert explain explore express extend extent eye face fact factory faithful familiar family \
    fan fancy farm fashion favour feature feed feel field-wide file fill fine fire firm fit fix floor flow focus \
    folk foot force forge fork formal forum forward foundation frame free frequent friend front fuel full fun \
    function fund fuse gate general generate gentle git github glance global grain grant graph grasp grateful \
    gravity ground guess guest guide habit hall hammer handful handle happen happy hardware hardy harvest haul \
    head headline health healthy hear heart heavy help herald hero highlight hint history hobby holiday honest \
    honour hope horizon horse hour huge human hundred hunt hype idea ideal identify idle image imagine impact \
    implement important impress index indicate individual industry inference inform infrastructure inside inspire \
    install instance instruct instrument integrate intend intense interest interface internal interpret introduce \
    invent invest invite involve island item job joint journal journey jubilee judge junior keen key keyboard kind \
    kingdom kit knit know knowledge label labour lack ladder language launch law layer layout leaf league learn \
    lend length lesson letter librarian life light limit line linear link listen literal live load local locate \
    lock logic loop lot love loyal luck machine mail main maintain major manage manner manual map market marvel \
    mass master match mate material matrix matter mature maximum medium meet memory mere merit message metal method \
    metric microscope mild milestone mind mine minor minute mission mix mobile mode modern modest modular moment \
    monitor monument mood motor mount mouth move multiple muscle museum narrow nation native nature near neat \
    necessary need neighbour network news nice node noise normal north notable notice notion object observe obvious \
    occasion occupy offer office official onboard operate operator opinion optimise optimize orbit order ordinary \
    organise organize origin originate outcome outline outlook overhaul owner pace pack pair panel paper parallel \
    park participant participate partner passion patch path patient pattern peer perform permanent person phase \
    phone phrase pick picture piece pillar pilot pipeline place plan planet plant play player pleasant please \
    plenty plug poem poet polish popular port position possible pour power practical practice practise precise \
    prefer premise prepare press pretty price pride primary principal print private prize process product \
    production profession professional profit program programme progress promise promote proof proper propose \
    protect proud prove provide public publish punch pure purpose push put quality quantise quantize question quick \
    race rack railway rain range rapid rare react read ready real reality realm reason recall recent recommend \
    recommendation red refactor reference refine reflect refresh regard region regular relate relation relative \
    relax reliable rely repair repeat replace reply represent require research reserve resist resolve resource \
    respect respond responsible result reveal reward rhythm rich ride right ring ripple river road robust role roof \
    room root round route routine row rule rush sad safe sail sake sample satisfy scale scene schedule scheme \
    school science scope score screen script seal search seaside seat section sector secure seed seek seldom select \
    self sell send senior sense sensible sentence separate sequence serious server service session set-up settle \
    setup shape sharp shelf shell shift shine ship shoulder shout side sight sign signature silicon silver similar \
    simple sing sister site size skill sky sleep smart smith smooth snapshot social solid solution solve song sort \
    sound south space spark speak special specific speculate speech speed spin spirit split spot square stack staff \
    stage stake standard star start startup state station status steam steep step stick stock storm story \
    straightforward strand strange strategy stream street stretch strict strike string strive structure studio \
    study stuff sturdy style subject submit subsystem succeed success sudden suffice suggest suit summary support \
    surface surprise surround survey swarm sweep swift switch symbol system tail take-up talent talk task taste \
    teach technical technique technology tempo tend term test text theme theory thick thin think thorough thousand \
    thread thrive throughput ticket tide tidy tie tight tile tip tireless title toil tone topic touch town trace \
    track trade tradition train transform translate transport travel treat tree tribe trick trip triumph true trunk \
    trust truth try tune twin twist type underline understand unique unit universal university update upgrade upper \
    upstream urge usage use useful user usual valley value variety vary vast vendor venture version vibrant view \
    village visible visit voice volume volunteer vote wait wake walk wall wander want warm wash watch wave weather \
    web weight welcome west wheel wide wild wind window wing wire wise wish wit wonder wood word workflow workforce \
    workload workshop worry worth wrap yield young zone";

/// Words that take no endings.
const PLAIN: &str = "\
    would could line lines remains proportion total sum whole abroad according ain alike alive almost alright although altogether always am anyhow anyway apparently are \
    arisen arose as away badly became because began begun behind believe bent best-known bit boss both bought bound \
    bred broke brought built busy caught certainly chose chosen close-knit clung currently \
    day-to-day dealt deeply depends despite did drawer driven drove dug duly else entirely etc evidently exactly \
    fairly fed felt finally firstly flew flown fondly forgot fortunately fought frankly freshly gave generally \
    given gladly glance goodness grew guidebook half-year hard-working hardware-related haven't heavily \
    held hence her hers hid him his honestly hung incidentally inevitably it's its kept knew known laid lain \
    largely lastly lately led ledger lent let's like likely mainly maybe me meant merely met mid-year mine mostly \
    my myself naturally newly nonetheless nor normally notably obviously often ok okay onwards otherwise ought ours \
    ourselves particularly perhaps plainly possibly practically precisely presumably previously primarily probably \
    proud purely quarter-on-quarter quite ran rang rather readily really recently regardless regularly remains \
    ridden rode rung sadly said sang sat secondly seemingly seldom sent shall sharply sheer shone shook shot \
    shouldered shy similarly simultaneously since slept slowly so-called sold somebody someone something sometimes \
    somewhat somewhere soon sorely sought sown specifically spoke spoken spun stole stood strode strove struck \
    stuck such sung surely surprisingly swam swept swore swum swung tad taught terribly that's them they're \
    thoroughly thought three-month threw thrown thus till together told too took torn totally truly twelve-month \
    twelve-week ultimately under underneath understood undertaken undertook undoubtedly unlike unsurprisingly until \
    unusually upon us usually utterly very via visibly was we've went what's whatever whenever wherever whoever \
    wholly whom widely willingly woke wonderfully wore worn wound wove woven written wrote year-on-year yes \
    yesterday yet you your yours yourself";

static WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| STEMS.split_whitespace().chain(PLAIN.split_whitespace()).collect());
static STEM: LazyLock<HashSet<&str>> = LazyLock::new(|| STEMS.split_whitespace().collect());

/// Whether a word is one of these, with an ending or without.
#[must_use]
pub fn is_ordinary(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["s", "es", "ed", "d", "ing", "ly", "ers", "er"];
    WORDS.contains(word)
        || ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)).any(|stem| {
            let doubled = stem.len() > 3 && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
            STEM.contains(stem)
                || doubled && STEM.contains(&stem[..stem.len() - 1])
                || STEM.contains(format!("{stem}e").as_str())
                || stem.strip_suffix('i').is_some_and(|stem| STEM.contains(format!("{stem}y").as_str()))
        })
}
