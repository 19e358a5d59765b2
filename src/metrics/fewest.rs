//! The fewest who reach a part of the whole: absence factor, elephant factor, core.

/// How many of `counts`, which descend, it takes to reach (≥) `percent` of their sum; nothing when that is 0.
pub(super) fn fewest(counts: &[u64], percent: u64) -> Option<u64> {
    let total: u64 = counts.iter().sum();
    let mut reached = 0;
    let mut needed = 0;
    for count in counts {
        if reached * 100 >= total * percent {
            break;
        }
        reached += count;
        needed += 1;
    }
    (total > 0).then_some(needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half(mut counts: Vec<u64>) -> Option<u64> {
        counts.sort_unstable_by(|a, b| b.cmp(a));
        fewest(&counts, 50)
    }

    #[test]
    fn the_examples_of_chaoss() {
        assert_eq!(half(vec![1000, 202, 90, 33, 332, 343, 42, 433]), Some(2));
        assert_eq!(half(vec![125; 8]), Some(4));
    }

    #[test]
    fn who_crosses_the_line_counts() {
        assert_eq!(half(vec![60, 40]), Some(1));
        assert_eq!(half(vec![50, 50]), Some(1));
        assert_eq!(half(vec![49, 51]), Some(1));
        assert_eq!(half(vec![1]), Some(1));
        assert_eq!(half(vec![34, 33, 33]), Some(2));
    }

    #[test]
    fn of_nothing_there_is_no_half() {
        assert_eq!(half(vec![]), None);
        assert_eq!(half(vec![0, 0]), None);
    }
}
