//! The `<svg>` around a drawing, and text that stays text.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::frame::{Frame, Plot};

/// Text that is neither markup nor a control character.
pub fn escape(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || c.is_control();
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // A newline here could end the paragraph that the drawing stands in.
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Tenths of a pixel as a number of pixels: 125 is `12.5`.
pub fn tenths(units: i32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let (whole, rest) = (units.unsigned_abs() / 10, units.unsigned_abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// What all drawings say once for all of their elements; where no stylesheet reaches, they stand in the colour of the
/// text around them.
pub const MANNERS: &str = "fill=\"currentColor\" stroke-linecap=\"round\" stroke-linejoin=\"round\" font-size=\"13\" \
                           font-family=\"Inter, 'Inter Variable', Helvetica, Arial, sans-serif\"";

/// A whole drawing for a page: `form` is `wide` or `narrow`.
pub fn document(frame: &Frame, form: &str, plot: &Plot) -> String {
    let (id, (width, height)) = (escape(&frame.id), plot.size);
    let mut svg = String::with_capacity(plot.body.len() + 512);
    write!(
        svg,
        "<svg class=\"chart chart-{form}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-{form}-title {id}-{form}-desc\" {MANNERS}>\n\
         <title id=\"{id}-{form}-title\">{}</title>\n<desc id=\"{id}-{form}-desc\">{}</desc>\n",
        escape(&frame.title),
        escape(&frame.description),
    )
    .expect("a string takes what is written");
    svg.push_str(&plot.body);
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_as_short_as_they_can_be() {
        assert_eq!([tenths(0), tenths(125), tenths(-5), tenths(-120)], ["0", "12.5", "-0.5", "-12"]);
    }

    #[test]
    fn text_can_be_no_markup_and_no_blank_line() {
        assert_eq!(escape("<b a='\"'>&\n\n\u{7}"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;   ");
    }
}
