//! Words that a sentence may hold without saying anything that the check would have to know.
//!
//! Whatever isn't here and isn't in the vocabulary could change what a sentence says. A number that agrees with the
//! figures although such a word stands beside it is right; one that doesn't may mean something else.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::ordinary::is_ordinary;

/// The words, in small letters.
pub const COMMON: &str = "\
    our your ve grand world member members log tally effort presence present sustained supported stewarded retained \
    i we us you he she one ones of in on at by for with from to into onto through between across against among \
    around behind beyond during toward towards upon via within per about above below under over off out up down \
    and or but so yet as than then while when where whereas because since though although whether if that which \
    who whom whose what how why there here this these those such same own is was were are be been being am has had \
    have having do does did done can will shall must it its they them their theirs itself themselves the a an some \
    any each every all both either no nor not only just even still also too again already now today ever once soon \
    later earlier before after ago next last first second third fourth average mean median typical typically total \
    overall altogether respectively roughly exactly nearly almost barely quarter quarters year years month months \
    week weeks period time times winter spring summer autumn april may june july august january february march \
    october november december season report reports edition section page paragraph chart table figure figures data \
    count counts measure measured category categories repository repositories repo repos project projects library \
    libraries framework frameworks compiler compilers runtime runtimes engine engines tool tools tooling platform \
    platforms kernel team teams field side part parts half group house shop place end start beginning middle list \
    ranking league machine learning software open source code base codebase work worked works working commit \
    committed committing contribute contributed contributes contribution contributions write wrote written writes \
    writing make made makes making take took takes taken taking draw drew drawn draws drawing bring brought brings \
    counted counting keep kept keeps hold held holds stand stood stands see saw seen sees show showed shown shows \
    find found finds get got gets come came comes go went goes gone leave left leaves stay stayed stays reach \
    reached reaches hit hits record recorded records log logged logs land landed lands merge merged host hosts \
    hosted attract attracted attracts pull pulled pulls welcome welcomed produce produced produces supply supplied \
    deliver delivered account accounted accounts accounting form formed forms include included amount amounted \
    amounts close closed closes finish finished finishes ended ends opened opens begin began begun started run ran \
    runs turn turned turns put puts set sets lie lies lay sit sits sat carry carried carries bear bore pass passed \
    passes cross crossed crosses lead led leads follow followed follows trail trails trailed rank ranked ranks top \
    tops topped beat beats claim claimed claims serve served serves spend spent spread register registered \
    registers post posted posts reported tally tallied number numbered numbers totalled totaled boast boasts \
    boasted muster mustered gather gathered collect collected employ employed engage engaged receive received win \
    won enjoy enjoyed comprise comprised constitute constituted represent represented belong belonged remain \
    remained say said says tell told tells means note noted look looks looked seem seems call called calls example \
    namely new people contributors developers engineers authors committers large larger largest big bigger biggest \
    small smaller smallest high higher highest low lower lowest strong stronger strongest weak weaker weakest busy \
    busier busiest quiet quieter quietest long longer longest short shorter shortest good great best worst main \
    chief much many more most less least few fewer fewest several enough lot lots well ahead apart together alone \
    level equal equally evenly broadly clearly steadily sharply slightly modestly markedly strongly quickly slowly \
    further fast faster fastest percent percentage cent point points share shares thanks compared versus relative \
    indeed meanwhile instead however thus hence therefore moreover likewise similarly finally big-name well-known \
    open-source long-running well-staffed up-to-date year-end quarter-end three-month agent agents coding ai bot \
    bots name named names naming credit credited credits crediting mention mentioned mentions help helped helps \
    aid active activity whole entire single particular given certain way ways thing things corpus-wide corpus \
    universe portfolio meta apple google microsoft intel nvidia amd ml row sixth fifth seventh eighth \
    second-largest third-largest fourth-largest third-most third-highest second-highest second-most common going \
    far fresh-faced early changed change changes became become becomes aside old never-ending reporting tracked \
    touched consecutive straight successive running model sent gave give gives basically let estimated estimate \
    added removed apiece double nine across-the-board mark care";

static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| COMMON.split_whitespace().collect());

/// Whether a word is an ordinary one.
#[must_use]
pub fn is_common(word: &str) -> bool {
    WORDS.contains(word) || is_ordinary(word)
}
