//! What a stroke stands for; the theme decides how that looks.

use plotters::style::{RGBColor, ShapeStyle};

/// A part that a theme colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Text that is read first.
    Ink,
    /// Text that is looked up.
    Muted,
    /// The lines behind.
    Grid,
    /// The line that values are measured from.
    Baseline,
    /// What the story is about.
    Accent,
    /// What it is compared with.
    Context,
    /// Growth.
    Up,
    /// Decline.
    Down,
    /// The page behind the chart; what is written on dark ground.
    Paper,
    /// What is written on pale ground.
    Cell,
    /// A part of a whole: the first is the darkest of five.
    Tint(u8),
    /// A part of a whole that the story is about, or more of something: the first is the palest of five.
    Heat(u8),
    /// What goes from one to another.
    Stream,
    /// What goes from one to another, and is the story.
    Current,
}

/// How many steps a scale has.
pub const STEPS: u8 = 5;

impl Role {
    const ALL: [(Self, &'static str); 22] = [
        (Self::Ink, "c-ink"),
        (Self::Muted, "c-muted"),
        (Self::Grid, "c-grid"),
        (Self::Baseline, "c-baseline"),
        (Self::Accent, "c-accent"),
        (Self::Context, "c-context"),
        (Self::Up, "c-up"),
        (Self::Down, "c-down"),
        (Self::Paper, "c-paper"),
        (Self::Cell, "c-cell"),
        (Self::Stream, "c-stream"),
        (Self::Current, "c-current"),
        (Self::Tint(1), "c-tint1"),
        (Self::Tint(2), "c-tint2"),
        (Self::Tint(3), "c-tint3"),
        (Self::Tint(4), "c-tint4"),
        (Self::Tint(5), "c-tint5"),
        (Self::Heat(1), "c-heat1"),
        (Self::Heat(2), "c-heat2"),
        (Self::Heat(3), "c-heat3"),
        (Self::Heat(4), "c-heat4"),
        (Self::Heat(5), "c-heat5"),
    ];

    /// All roles, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(role, _)| role)
    }

    /// The class in the stylesheet.
    pub fn class(self) -> &'static str {
        Self::ALL.iter().find(|(role, _)| *role == self).map(|(_, class)| *class).expect("the table has every role")
    }

    /// What can be read on it.
    pub fn writing(self) -> Self {
        match self {
            Self::Tint(1 | 2) | Self::Heat(4 | 5) | Self::Accent => Self::Paper,
            _ => Self::Cell,
        }
    }

    /// Solid, as a plotters style of `width` units (tenths of a pixel).
    pub fn pen(self, width: u32) -> ShapeStyle {
        self.style(width, false)
    }

    /// Dashed, as a plotters style.
    pub fn dashed(self, width: u32) -> ShapeStyle {
        self.style(width, true)
    }

    /// Roles travel through plotters as colours: the first byte is the role, the second says whether it is dashed.
    pub fn colour(self, dashed: bool) -> RGBColor {
        let index = Self::ALL.iter().position(|(role, _)| *role == self).expect("the table has every role");
        RGBColor(u8::try_from(index).expect("few roles"), u8::from(dashed), 0)
    }

    /// The role and the dash of a colour made by [`Role::colour`].
    pub fn of_colour((index, dashed, _): (u8, u8, u8)) -> (Self, bool) {
        (Self::ALL[usize::from(index)].0, dashed == 1)
    }

    fn style(self, width: u32, dashed: bool) -> ShapeStyle {
        ShapeStyle::from(self.colour(dashed)).stroke_width(width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_survive_the_way_through_plotters() {
        for (role, _) in Role::ALL {
            for dashed in [false, true] {
                let RGBColor(r, g, b) = role.colour(dashed);
                assert_eq!(Role::of_colour((r, g, b)), (role, dashed));
            }
        }
    }
}
