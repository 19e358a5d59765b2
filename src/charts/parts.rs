//! The parts of a whole, and the tints that tell them apart.

use super::role::{Role, STEPS};

/// A part of several wholes: of one subject over the quarters, or of many subjects.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// What stands beside it.
    pub label: String,
    /// Whether the story is about it.
    pub subject: bool,
    /// How much of each whole, in the frame's unit; nothing where the whole isn't known.
    pub values: Vec<Option<f64>>,
}

/// A tint for each part, from dark to pale; those that the story is about in the accent.
pub fn roles(parts: &[Part]) -> Vec<Role> {
    let (mut subjects, mut others) = (0, 0);
    let count = |subject: bool| parts.iter().filter(|part| part.subject == subject).count();
    let (accents, greys) = (count(true), count(false));
    let mut role = |part: &Part| {
        if part.subject {
            subjects += 1;
            // One alone is the accent itself.
            return Role::Heat(STEPS - spread(subjects - 1, accents).min(STEPS - 1));
        }
        others += 1;
        Role::Tint(1 + spread(others - 1, greys))
    };
    parts.iter().map(&mut role).collect()
}

/// The step, from 0, of the `at`th of `count`; with more parts than steps, neighbours still differ.
fn spread(at: usize, count: usize) -> u8 {
    let steps = usize::from(STEPS);
    let step = if count > steps {
        at % steps
    } else if count < 3 {
        at * 2
    } else {
        at
    };
    u8::try_from(step).expect("there are few steps")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(subjects: &[bool]) -> Vec<Part> {
        subjects.iter().map(|&subject| Part { label: String::new(), subject, values: Vec::new() }).collect()
    }

    #[test]
    fn neighbours_differ_and_the_subject_stands_out() {
        assert_eq!(roles(&parts(&[false, true, false])), [Role::Tint(1), Role::Heat(5), Role::Tint(3)]);
        for count in 1..30 {
            let roles = roles(&parts(&vec![false; count]));
            assert!(roles.windows(2).all(|pair| pair[0] != pair[1]), "{roles:?}");
        }
    }
}
