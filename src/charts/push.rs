//! Labels that would stand on each other, pushed apart.

/// A label beside the plot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    /// Where its middle would like to be.
    pub middle: f64,
    /// How tall it is.
    pub height: f64,
    /// Whether it may not be left out.
    pub keep: bool,
}

/// The middles of the labels, in the order given, between `top` and `bottom`; nothing for those that found no room.
/// Those that may be left out are, the last first.
pub fn apart(wishes: &[Wish], top: f64, bottom: f64) -> Vec<Option<f64>> {
    let mut shown: Vec<usize> = (0..wishes.len()).collect();
    while shown.iter().map(|&at| wishes[at].height).sum::<f64>() > bottom - top {
        let Some(gone) = shown.iter().rposition(|&at| !wishes[at].keep) else { break };
        shown.remove(gone);
    }
    // Stable, so that equal wishes keep the order given.
    shown.sort_by(|&a, &b| wishes[a].middle.total_cmp(&wishes[b].middle));

    let mut placed = vec![None; wishes.len()];
    let mut edge = top;
    for &at in &shown {
        let half = wishes[at].height / 2.0;
        let middle = wishes[at].middle.max(edge + half);
        placed[at] = Some(middle);
        edge = middle + half;
    }
    let mut edge = bottom;
    for &at in shown.iter().rev() {
        let half = wishes[at].height / 2.0;
        let middle = placed[at].expect("placed above").min(edge - half);
        placed[at] = Some(middle);
        edge = middle - half;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(middle: f64, keep: bool) -> Wish {
        Wish { middle, height: 10.0, keep }
    }

    #[test]
    fn labels_move_no_further_than_they_must() {
        let far = [wish(20.0, true), wish(60.0, false)];
        assert_eq!(apart(&far, 0.0, 100.0), [Some(20.0), Some(60.0)]);
        let close = [wish(50.0, true), wish(49.0, false), wish(50.0, false)];
        assert_eq!(apart(&close, 0.0, 100.0), [Some(59.0), Some(49.0), Some(69.0)]);
    }

    #[test]
    fn nothing_leaves_the_plot() {
        let low = [wish(98.0, true), wish(99.0, false), wish(2.0, false)];
        assert_eq!(apart(&low, 0.0, 100.0), [Some(85.0), Some(95.0), Some(5.0)]);
    }

    #[test]
    fn the_last_that_may_go_goes_first() {
        let many = [wish(1.0, false), wish(2.0, true), wish(3.0, false), wish(4.0, true)];
        assert_eq!(apart(&many, 0.0, 30.0), [Some(5.0), Some(15.0), None, Some(25.0)]);
    }
}
