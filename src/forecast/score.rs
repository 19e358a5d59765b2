//! How good predictions have been: hit rate, Brier score, calibration.

use crate::plain::Number;

/// So many scored predictions are needed before a Brier score and a calibration mean anything.
pub const ENOUGH: usize = 10;

/// The width of a bin of probabilities, in percent.
const BIN: u8 = 20;

/// A prediction that counts: what it was given, and whether it came true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The probability, in percent, 1 to 99.
    pub percent: u8,
    /// What happened.
    pub came_true: bool,
}

/// What the scored predictions come to. All shares are exact, 0.35 for 35 %.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many are scored.
    pub scored: usize,
    /// How many of them came true.
    pub confirmed: usize,
    /// The share that came true; none without any.
    pub hit_rate: Option<Number>,
    /// With ten or more.
    pub quality: Option<Quality>,
}

/// How far the probabilities were from what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quality {
    /// The mean of the squared distances of probability and outcome (Brier 1950): 0 is perfect, 0.25 says nothing.
    pub brier: Number,
    /// The same of somebody who always says the share that came true.
    pub base: Number,
    /// By probability, from low to high, without empty bins.
    pub bins: Vec<Bin>,
}

/// Predictions of like probability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// From this probability on, in percent.
    pub from: u8,
    /// Up to this one, which only belongs to the last bin.
    pub to: u8,
    /// How many.
    pub scored: usize,
    /// How many came true.
    pub confirmed: usize,
    /// The mean of their probabilities.
    pub stated: Number,
    /// The share that came true.
    pub happened: Number,
}

impl Score {
    /// Of predictions in any order.
    #[must_use]
    pub fn of(scored: &[Scored]) -> Self {
        let hit_rate = share(confirmed(scored), scored.len());
        let quality = hit_rate.filter(|_| scored.len() >= ENOUGH).map(|_| Quality::of(scored));
        Self { scored: scored.len(), confirmed: confirmed(scored), hit_rate, quality }
    }
}

impl Quality {
    fn of(scored: &[Scored]) -> Self {
        let distance = |one: &Scored| i128::from(one.percent) - if one.came_true { 100 } else { 0 };
        let squares: i128 = scored.iter().map(|one| distance(one).pow(2)).sum();
        let (count, hits) = (whole(scored.len()), whole(confirmed(scored)));
        let quotient = |part: i128, of: i128| Number::quotient(part, of).expect("there are scored predictions");
        let bins = (0..100 / BIN).filter_map(|at| {
            let (from, to) = (at * BIN, (at + 1) * BIN);
            let inside: Vec<Scored> = scored.iter().copied().filter(|one| (from..to).contains(&one.percent)).collect();
            let stated: i128 = inside.iter().map(|one| i128::from(one.percent)).sum();
            let happened = share(confirmed(&inside), inside.len())?;
            Some(Bin {
                from,
                to,
                scored: inside.len(),
                confirmed: confirmed(&inside),
                stated: quotient(stated, whole(inside.len()) * 100),
                happened,
            })
        });
        Self {
            brier: quotient(squares, count * 10_000),
            base: quotient(hits * (count - hits), count * count),
            bins: bins.collect(),
        }
    }
}

fn confirmed(scored: &[Scored]) -> usize {
    scored.iter().filter(|one| one.came_true).count()
}

fn whole(count: usize) -> i128 {
    i128::try_from(count).expect("predictions are written by hand")
}

fn share(part: usize, of: usize) -> Option<Number> {
    Number::quotient(whole(part), whole(of))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten predictions, worked by hand: the squares of the distances are 100, 400, 6400, 900, 900, 3600, 1600, 2500, 900
    /// and 6400, together 23,700; six of ten came true.
    const TEN: [(u8, bool); 10] = [
        (90, true),
        (80, true),
        (80, false),
        (70, true),
        (70, true),
        (60, false),
        (60, true),
        (50, false),
        (30, false),
        (20, true),
    ];

    fn score(predictions: &[(u8, bool)]) -> Score {
        let scored = predictions.iter().map(|&(percent, came_true)| Scored { percent, came_true });
        Score::of(&scored.collect::<Vec<_>>())
    }

    #[test]
    fn ten_predictions_worked_by_hand() {
        let score = score(&TEN);
        assert_eq!((score.scored, score.confirmed), (10, 6));
        assert_eq!(score.hit_rate, Number::quotient(3, 5));
        let quality = score.quality.expect("ten are enough");
        assert_eq!(Some(quality.brier), Number::quotient(237, 1000));
        assert_eq!(Some(quality.base), Number::quotient(24, 100));
        let bins: Vec<_> = quality
            .bins
            .iter()
            .map(|bin| (bin.from, bin.to, bin.confirmed, bin.scored, bin.stated.fixed(4), bin.happened.fixed(4)))
            .collect();
        let text = |text: &str| text.to_owned();
        assert_eq!(
            bins,
            [
                (20, 40, 1, 2, text("0.2500"), text("0.5000")),
                (40, 60, 0, 1, text("0.5000"), text("0.0000")),
                (60, 80, 3, 4, text("0.6500"), text("0.7500")),
                (80, 100, 2, 3, text("0.8333"), text("0.6667")),
            ]
        );
    }

    #[test]
    fn fewer_than_ten_have_a_hit_rate_alone() {
        assert_eq!(score(&[]), Score::default());
        let nine = score(&TEN[..9]);
        assert_eq!((nine.hit_rate, nine.quality), (Number::quotient(5, 9), None));
    }

    #[test]
    fn who_always_says_the_base_rate_scores_the_base() {
        let same = [true, true, true, false, false, true, true, false, false, false].map(|happened| (50, happened));
        let quality = score(&same).quality.expect("ten are enough");
        assert_eq!(quality.brier, quality.base);
    }
}
