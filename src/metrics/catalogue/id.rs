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
    pub const ALL: [Self; Self::COUNT] = [
        Self::Commits,
        Self::Contributors,
        Self::ActiveRepos,
        Self::TrackedRepos,
        Self::ContributorsEver,
        Self::ActiveWeeks,
        Self::ActiveWeeksMedian,
        Self::ActiveWeeksYear,
        Self::ActiveWeeksYearMedian,
        Self::Hours,
        Self::ContributionToChange,
        Self::New,
        Self::NewShare,
        Self::Retained,
        Self::Returning,
        Self::Churned,
        Self::ChurnRate,
        Self::Retention,
        Self::CommitsRetained,
        Self::CommitsNew,
        Self::OneWeekShare,
        Self::NewOneWeekShare,
        Self::DriveBy,
        Self::Core,
        Self::Regular,
        Self::Casual,
        Self::CoreRetention,
        Self::CoreChurned,
        Self::RegularChurned,
        Self::CasualChurned,
        Self::AbsenceFactor,
        Self::ElephantFactor,
        Self::Merges,
        Self::Bot,
        Self::AgentAuthored,
        Self::AgentAssisted,
        Self::Imported,
        Self::Shared,
        Self::Late,
        Self::DateMended,
        Self::CoAuthored,
    ];

    /// Its place.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}
