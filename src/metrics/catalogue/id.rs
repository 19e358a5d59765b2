/// The metrics of the tables, in their order: the place of a metric's value in a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is defined by its row of the catalogue")]
pub enum Id {
    Commits,
    Contributors,
    ActiveRepos,
    TrackedRepos,
    ContributorsEver,
    ActiveWeeks,
    ActiveWeeksMedian,
    ActiveWeeksYear,
    ActiveWeeksYearMedian,
    Hours,
    ContributionToChange,
    New,
    NewShare,
    Retained,
    Returning,
    Churned,
    ChurnRate,
    Retention,
    CommitsRetained,
    CommitsNew,
    OneWeekShare,
    NewOneWeekShare,
    DriveBy,
    Core,
    Regular,
    Casual,
    CoreRetention,
    CoreChurned,
    RegularChurned,
    CasualChurned,
    AbsenceFactor,
    ElephantFactor,
    Merges,
    Bot,
    AgentAuthored,
    AgentAssisted,
    Imported,
    Shared,
    Late,
    DateMended,
    CoAuthored,
}

impl Id {
    /// How many there are.
    pub const COUNT: usize = Self::CoAuthored as usize + 1;

    /// All of them, in order.
    pub const ALL: [Self; Self::COUNT] = {
        use Id::*;
        [
            Commits,
            Contributors,
            ActiveRepos,
            TrackedRepos,
            ContributorsEver,
            ActiveWeeks,
            ActiveWeeksMedian,
            ActiveWeeksYear,
            ActiveWeeksYearMedian,
            Hours,
            ContributionToChange,
            New,
            NewShare,
            Retained,
            Returning,
            Churned,
            ChurnRate,
            Retention,
            CommitsRetained,
            CommitsNew,
            OneWeekShare,
            NewOneWeekShare,
            DriveBy,
            Core,
            Regular,
            Casual,
            CoreRetention,
            CoreChurned,
            RegularChurned,
            CasualChurned,
            AbsenceFactor,
            ElephantFactor,
            Merges,
            Bot,
            AgentAuthored,
            AgentAssisted,
            Imported,
            Shared,
            Late,
            DateMended,
            CoAuthored,
        ]
    };

    /// Its place.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}
