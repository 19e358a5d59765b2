//! The JSON Schemas of all files that are written by hand, made from the types that read them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::names::Names;
use crate::data::areas::Areas;
use crate::data::organisations::Organisations;
use crate::data::people::People;
use crate::data::profiles::Profiles;
use crate::data::publication::Publication;
use crate::data::registry::Registry;
use crate::data::rules::Rules;
use crate::data::settings::Settings;
use crate::data::sources::Sources;
use crate::forecast::sheet::Sheet;
use crate::pages::front_matter::{EditionMatter, PageMatter};
use crate::pages::theme::Description;

/// A schema, and which files it is of.
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// The files that it describes, as a pattern from the publication's folder.
    pub of: &'static str,
    /// What it says.
    pub schema: Value,
}

/// The schemas for a publication.
pub fn files(publication: &Publication) -> Vec<File> {
    let names = Names::of(publication);
    let file = |name, of, mut schema: Value, suggestions: &[(&str, &[String])]| {
        for (pointer, values) in suggestions {
            suggest(&mut schema, pointer, values);
        }
        File { name, of, schema }
    };
    let repo = |field: &str| format!("/definitions/Repo/properties/{field}");
    let category = |field: &str| format!("/definitions/Category/properties/{field}");
    vec![
        file("signal.schema.json", "signal.yaml", schema::<Settings>(), &[("/properties/theme", &names.themes)]),
        file(
            "repos.schema.json",
            "data/repos.yaml",
            schema::<Registry>(),
            &[
                (&repo("fork_of"), &names.repos),
                (&repo("vendor"), &names.vendors),
                (&category("group"), &names.groups),
                (&category("icon"), &names.icons),
            ],
        ),
        file("people.schema.json", "data/people.yaml", schema::<People>(), &[]),
        file("orgs.schema.json", "data/orgs.yaml", schema::<Organisations>(), &[]),
        file("areas.schema.json", "data/areas.yaml", schema::<Areas>(), &[("/properties/without/items", &names.areas)]),
        file(
            "profiles.schema.json",
            "data/profiles.yaml",
            schema::<Profiles>(),
            &[
                ("/definitions/Profile/properties/in/items", &names.places),
                ("/definitions/Profile/properties/areas/items", &names.areas),
            ],
        ),
        file("rules.schema.json", "data/rules.yaml", schema::<Rules>(), &[]),
        file("sources.schema.json", "data/sources.yaml", schema::<Sources>(), &[]),
        file(
            "predictions.schema.json",
            "content/predictions/*.yaml",
            schema::<Sheet>(),
            &[
                ("/definitions/Entry/properties/test", &names.figures),
                ("/definitions/Part/properties/test", &names.figures),
            ],
        ),
        file("edition.schema.json", "content/editions/*.md (front matter)", schema::<EditionMatter>(), &[]),
        file("page.schema.json", "content/pages/*.md (front matter)", schema::<PageMatter>(), &[]),
        file("theme.schema.json", "themes/*/theme.yaml", schema::<Description>(), &[]),
    ]
}

/// In the dialect that editors' servers for YAML know best.
fn schema<T: JsonSchema>() -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
    tidy(&mut schema);
    schema
}

/// Without defaults that say nothing, which would be completed, and with descriptions as the paragraphs that they are.
fn tidy(schema: &mut Value) {
    if let Value::Object(fields) = schema {
        let says_nothing = |value: &Value| *value == Value::Null || *value == json!([]) || *value == json!({});
        if fields.get("default").is_some_and(says_nothing) {
            fields.remove("default");
        }
        if let Some(Value::String(description)) = fields.get_mut("description") {
            *description = description.replace('\n', " ");
        }
        fields.values_mut().for_each(tidy);
    } else if let Value::Array(items) = schema {
        items.iter_mut().for_each(tidy);
    }
}

/// Values to complete at a place of a schema; others stay as right as they were.
fn suggest(schema: &mut Value, pointer: &str, values: &[String]) {
    if values.is_empty() {
        return;
    }
    let place = schema.pointer_mut(pointer).expect("a test looks for every place in its schema");
    let mut any = std::mem::take(place);
    let description = any.as_object_mut().and_then(|any| any.remove("description"));
    *place = json!({"anyOf": [{"enum": values}, any]});
    if let Some(description) = description {
        place["description"] = description;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::data::publication;

    #[test]
    fn every_file_has_a_schema_that_knows_its_keys_and_the_names_here() {
        let publication = publication::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let files = files(&publication);
        let of = |name: &str| &files.iter().find(|file| file.name == name).unwrap().schema;
        let settings = of("signal.schema.json");
        assert_eq!(settings["additionalProperties"], false);
        assert_eq!(settings["properties"]["title"]["description"], "The name of the publication.");
        let places = &of("profiles.schema.json")["definitions"]["Profile"]["properties"]["in"]["items"]["anyOf"];
        let all = places[0]["enum"].as_array().unwrap();
        assert!(all.contains(&json!("category:kernels")) && all.contains(&json!("repo:apache--tvm")));
        let tests = &of("predictions.schema.json")["definitions"]["Entry"]["properties"]["test"]["anyOf"][0]["enum"];
        let tests = tests.as_array().unwrap();
        assert!(tests.contains(&json!("corpus().absence_factor >= 0")));
        assert!(tests.contains(&json!("repo(\"vLLM Ascend\").contributors >= 0")));
    }

    /// The reader takes each key of the schema, and the schema has each key that is written here.
    #[test]
    fn the_keys_are_those_that_the_reader_takes() {
        let schema = schema::<Settings>();
        let keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        let refusal = |key: &str| {
            let read = crate::data::document::parse::<Settings>(Path::new("signal.yaml"), &format!("{key}: {{}}\n"));
            read.unwrap_err().to_string().contains("there is no setting")
        };
        assert!(refusal("no_such_key"));
        assert!(keys.len() > 15 && keys.iter().all(|key| !refusal(key)));
        let shipped = include_str!("../../../signal.yaml");
        let own = shipped.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let own: Vec<&str> = own.filter_map(|line| Some(line.split_once(':')?.0)).collect();
        assert!(own.len() > 8 && own.iter().all(|key| keys.iter().any(|other| other == key)), "{own:?}");
    }
}
