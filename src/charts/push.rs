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

    // Labels that would meet become one block, whose middle is where its labels wish to be on average.
    let mut blocks: Vec<Block> = Vec::new();
    for &at in &shown {
        let Wish { middle, height, .. } = wishes[at];
        blocks.push(Block { tops: middle - height / 2.0, height, labels: 1 });
        while let [.., above, below] = &blocks[..]
            && above.top(top, bottom) + above.height > below.top(top, bottom)
        {
            let joint = above.with(below);
            blocks.truncate(blocks.len() - 2);
            blocks.push(joint);
        }
    }
    let mut placed = vec![None; wishes.len()];
    let mut rest = shown.iter();
    for block in &blocks {
        let mut edge = block.top(top, bottom);
        for &at in rest.by_ref().take(block.labels) {
            placed[at] = Some(edge + wishes[at].height / 2.0);
            edge += wishes[at].height;
        }
    }
    placed
}

/// Labels that touch.
struct Block {
    /// The sum of where each of them would have the block begin.
    tops: f64,
    height: f64,
    labels: usize,
}

impl Block {
    /// Where it begins, within the room.
    fn top(&self, top: f64, bottom: f64) -> f64 {
        (self.tops / self.labels as f64).min(bottom - self.height).max(top)
    }

    fn with(&self, below: &Self) -> Self {
        Self {
            tops: self.tops + below.tops - self.height * below.labels as f64,
            height: self.height + below.height,
            labels: self.labels + below.labels,
        }
    }
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
        let close = [wish(50.0, true), wish(49.0, false), wish(51.0, false)];
        assert_eq!(apart(&close, 0.0, 100.0), [Some(50.0), Some(40.0), Some(60.0)]);
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
