//! The colours of a chart that stands alone; within a page the theme has the word.

use std::fmt::Write as _;

use super::role::{Role, STEPS};

/// Red, green, blue.
type Colour = [u8; 3];

/// The colours that all others are mixed from.
struct Paints {
    paper: Colour,
    ink: Colour,
    soft: Colour,
    accent: Colour,
    up: Colour,
    down: Colour,
    context: Colour,
    grid: Colour,
    baseline: Colour,
}

const LIGHT: Paints = Paints {
    paper: [0xfa, 0xf7, 0xf1],
    ink: [0x1c, 0x1a, 0x17],
    soft: [0x5f, 0x59, 0x4f],
    accent: [0x8a, 0x20, 0x40],
    up: [0x1b, 0x5f, 0x9e],
    down: [0xa8, 0x4a, 0x08],
    context: [0xa8, 0x9f, 0x91],
    grid: [0xe6, 0xdf, 0xd3],
    baseline: [0x85, 0x7d, 0x70],
};

const DARK: Paints = Paints {
    paper: [0x19, 0x17, 0x14],
    ink: [0xdd, 0xd7, 0xcb],
    soft: [0xa4, 0x9c, 0x8f],
    accent: [0xe3, 0x91, 0xaa],
    up: [0x82, 0xb4, 0xe4],
    down: [0xe6, 0x9b, 0x5e],
    context: [0x75, 0x6e, 0x63],
    grid: [0x2b, 0x28, 0x23],
    baseline: [0x7d, 0x76, 0x6b],
};

/// How much of the ink is in the tints, and of the accent in the heats, in hundredths; the rest is paper. Between them
/// they leave out the middle, on which neither ink nor paper can be read.
const TINTS: [u32; STEPS as usize] = [78, 62, 35, 22, 11];
const HEATS: [u32; STEPS as usize] = [12, 27, 45, 75, 95];

impl Paints {
    fn of(&self, role: Role) -> Colour {
        let mixed = |strong: Colour, part: u32| {
            let mut colour = [0; 3];
            for (at, mixed) in colour.iter_mut().enumerate() {
                let sum = u32::from(strong[at]) * part + u32::from(self.paper[at]) * (100 - part);
                *mixed = u8::try_from((sum + 50) / 100).expect("a mixture of bytes is a byte");
            }
            colour
        };
        match role {
            Role::Ink | Role::Cell => self.ink,
            Role::Muted => self.soft,
            Role::Grid => self.grid,
            Role::Baseline => self.baseline,
            Role::Accent | Role::Current => self.accent,
            Role::Context | Role::Stream => self.context,
            Role::Up => self.up,
            Role::Down => self.down,
            Role::Paper => self.paper,
            Role::Tint(step) => mixed(self.ink, TINTS[usize::from(step) - 1]),
            Role::Heat(step) => mixed(self.accent, HEATS[usize::from(step) - 1]),
        }
    }

    fn rules(&self) -> String {
        let mut rules = String::new();
        let hex = |[r, g, b]: Colour| format!("#{r:02x}{g:02x}{b:02x}");
        for role in Role::all() {
            write!(rules, ".{}{{color:{}}}", role.class(), hex(self.of(role))).expect("a string takes it");
        }
        // A rim of the page's colour keeps letters apart from the lines below them.
        write!(rules, "text{{stroke:{}}}", hex(self.paper)).expect("a string takes it");
        rules
    }
}

/// The rules of the classes, in light and, where a reader prefers it, in dark.
#[must_use]
pub fn stylesheet() -> String {
    format!(
        "text{{stroke-width:3px;paint-order:stroke}}.c-stream,.c-current{{opacity:.45}}{}\
         text.c-cell,text.c-paper{{stroke:none}}@media (prefers-color-scheme:dark){{{}\
         text.c-cell,text.c-paper{{stroke:none}}}}",
        LIGHT.rules(),
        DARK.rules()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the accessibility guidelines count it.
    fn contrast(a: Colour, b: Colour) -> f64 {
        let light = |[r, g, b]: Colour| {
            let linear = |byte: u8| {
                let part = f64::from(byte) / 255.0;
                if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05
        };
        let (a, b) = (light(a), light(b));
        if a > b { a / b } else { b / a }
    }

    #[test]
    fn what_is_written_on_a_tint_can_be_read() {
        for paints in [LIGHT, DARK] {
            for role in Role::all().filter(|role| matches!(role, Role::Tint(_) | Role::Heat(_))) {
                let contrast = contrast(paints.of(role), paints.of(role.writing()));
                assert!(contrast >= 4.5, "{role:?}: {contrast:.2}");
            }
        }
    }

    /// The shipped theme has the same colours, as variables and mixtures of them.
    #[test]
    fn files_and_pages_have_one_palette() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/signal/assets/style.css");
        let css = std::fs::read_to_string(path).expect("the shipped stylesheet");
        for paints in [LIGHT, DARK] {
            for (name, [r, g, b]) in [
                ("paper", paints.paper),
                ("ink", paints.ink),
                ("soft", paints.soft),
                ("accent", paints.accent),
                ("up", paints.up),
                ("down", paints.down),
                ("context", paints.context),
                ("grid", paints.grid),
                ("baseline", paints.baseline),
            ] {
                let rule = format!("--{name}: #{r:02x}{g:02x}{b:02x};");
                assert!(css.contains(&rule), "the stylesheet has no `{rule}`");
            }
        }
        for (name, base, parts) in [("tint", "ink", TINTS), ("heat", "accent", HEATS)] {
            for (at, part) in parts.iter().enumerate() {
                let rule = format!(
                    ".c-{name}{} {{ color: color-mix(in srgb, var(--{base}) {part}%, var(--paper)); }}",
                    at + 1
                );
                assert!(css.contains(&rule), "the stylesheet has no `{rule}`");
            }
        }
    }
}
