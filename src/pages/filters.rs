//! What an editor can make of a figure: `| change`, `| share(of=…)`, `| streak`, `| digits(2)`.

use std::borrow::Cow;

use minijinja::value::{Kwargs, Value};
use minijinja::{Environment, Error};

use super::ground::Complaint;
use super::quantity::Quantity;
use super::subject::Subject;
use super::wording::Style;
use crate::plain::Unit;

/// The names of all filters.
pub const NAMES: [&str; 13] = [
    "abs",
    "at",
    "before",
    "change",
    "digits",
    "exact",
    "like_for_like",
    "percent",
    "rank",
    "record",
    "share",
    "spelled",
    "streak",
];

const MOST_DIGITS: u32 = 6;

/// Adds all filters.
pub fn add(environment: &mut Environment<'static>) {
    environment.add_filter("change", |value: &Value| made(figure("change", value)?.change()));
    environment.add_filter("like_for_like", |value: &Value| made(figure("like_for_like", value)?.like_for_like()));
    environment.add_filter("at", |value: &Value, period: &str| {
        let quantity = figure("at", value)?;
        made(quantity.ground.period(period).and_then(|period| quantity.at(period)))
    });
    environment.add_filter("before", |value: &Value, count: Option<u16>| {
        let quantity = figure("before", value)?;
        made(quantity.at(quantity.period.before(count.unwrap_or(1))))
    });
    environment.add_filter("share", |value: &Value, options: Kwargs| {
        let quantity = figure("share", value)?;
        let of: Option<Value> = options.get("of")?;
        options.assert_all_used()?;
        let missing = || Complaint::content("`share` needs to know of what", "as in `share(of=category(\"edge\"))`");
        made(quantity.share(&of.ok_or_else(missing)?))
    });
    environment.add_filter("rank", |value: &Value, options: Kwargs| {
        let quantity = figure("rank", value)?;
        let among: Option<Value> = options.get("among")?;
        options.assert_all_used()?;
        made(quantity.rank(among.as_ref()))
    });
    environment.add_filter("streak", |value: &Value, direction: Option<&str>| {
        made(figure("streak", value)?.streak(direction))
    });
    environment.add_filter("record", |value: &Value, which: Option<&str>| made(figure("record", value)?.record(which)));
    environment.add_filter("abs", |value: &Value| made(figure("abs", value)?.magnitude()));
    environment.add_filter("spelled", |value: &Value| restyled("spelled", value, |style| style.spelled = true));
    environment.add_filter("exact", |value: &Value| restyled("exact", value, |style| style.exact = true));
    environment.add_filter("digits", |value: &Value, digits: u32| {
        let digits = checked(digits)?;
        restyled("digits", value, |style| style.digits = Some(digits))
    });
    environment.add_filter("percent", |value: &Value, digits: Option<u32>| {
        let quantity = figure("percent", value)?;
        if quantity.unit != Unit::Share {
            let message = format!("`{}` is no share, and has no percent", quantity.metric.name);
            return Err(Complaint::content(message, "take a share or a change first").into());
        }
        let digits = checked(digits.unwrap_or(0))?;
        restyled("percent", value, |style| style.digits = Some(digits))
    });
}

/// A figure, or the figure that a pair is when it stands alone.
fn figure<'a>(filter: &str, value: &'a Value) -> Result<Cow<'a, Quantity>, Complaint> {
    if let Some(quantity) = value.downcast_object_ref::<Quantity>() {
        return Ok(Cow::Borrowed(quantity));
    }
    let subject = value.downcast_object_ref::<Subject>();
    if let Some(own) = subject.and_then(Subject::own) {
        return own.map(Cow::Owned);
    }
    let given = if subject.is_some() { "a scope".to_owned() } else { value.kind().to_string() };
    let message = format!("`{filter}` takes a figure, not {given}");
    Err(Complaint::content(message, format!("as in `category(\"kernels\").contributors | {filter}`")))
}

fn checked(digits: u32) -> Result<u32, Complaint> {
    if digits <= MOST_DIGITS {
        return Ok(digits);
    }
    let hint = format!("choose 0 to {MOST_DIGITS}");
    Err(Complaint::content(format!("{digits} decimals are more than a figure is good for"), hint))
}

fn made(quantity: Result<Quantity, Complaint>) -> Result<Value, Error> {
    Ok(Value::from_object(quantity?))
}

fn restyled(filter: &str, value: &Value, change: impl FnOnce(&mut Style)) -> Result<Value, Error> {
    made(figure(filter, value)?.restyled(filter, change))
}
