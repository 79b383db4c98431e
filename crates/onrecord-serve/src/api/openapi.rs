//! The description of the API for programs, made out of the endpoints and the shapes themselves.

use schemars::{
    JsonSchema, SchemaGenerator,
    generate::{Contract, SchemaSettings},
};
use serde_json::{Map, Value, json};

use onrecord_model::DifferenceKind;
use onrecord_render::wire::{ComparisonV1, CorrectionV1, SignedV1};
use onrecord_store::{MOST_RANKED, Order};

use super::{ENDPOINTS, Endpoint, MOST_PER_PAGE, PER_PAGE, Parameter, ROOT, Values};
use crate::pages::MOST_CHARS;

const INTRODUCTION: &str = "A record of what news articles say together; it is read-only, but for corrections where the server was begun with --edit. Spans count Unicode code points into an article's clean \
     text. Contact data is masked. What is not known is null. Shapes may only grow.";

/// What comparing gives.
const COMPARE: &str = "A draft beside the record: what it tells otherwise, without its speaker, alone, or not at all. Kept nowhere.";
const COMPARE_TEXT: &str = "The draft, at most 200,000 bytes.";

/// What correcting does.
const CORRECT: &str = "Corrects the record, where the server was begun with --edit: a correction as the list gives them. Without `at` it is made now.";
const UNDO: &str = "Takes a correction back, where the server was begun with --edit. It stays listed.";
const CORRECTION: &str = "One correction as JSON: `kind`, `places`, `by`, `why`, and what its kind needs.";
const SIGNED: &str = "Who takes it back and why, as JSON: `by`, `why`.";
const HEADER: &str = "Says that no page of another site sends this.";

/// An endpoint for people: its path, what it gives, and what it can be asked.
pub(crate) struct Described {
    /// With the root.
    pub(crate) path: String,
    /// What it gives.
    pub(crate) about: &'static str,
    /// The parameters, each with what it means.
    pub(crate) parameters: Vec<(&'static str, &'static str)>,
}

const PAGING: [(&str, &str); 2] = [
    ("page", "Which page of the list, from 1."),
    ("per_page", "How many things on a page, 20 unless told, at most 100."),
];

/// Every endpoint, for people.
pub(crate) fn described() -> Vec<Described> {
    let described = |endpoint: &Endpoint| {
        let own = endpoint.parameters.iter().map(|parameter| (parameter.name, parameter.about));
        let paging = PAGING.into_iter().filter(|_| endpoint.is_list);
        Described {
            path: format!("{ROOT}{}", endpoint.path),
            about: endpoint.about,
            parameters: own.chain(paging).collect(),
        }
    };
    let compare = Described {
        path: format!("POST {ROOT}/compare"),
        about: COMPARE,
        parameters: vec![("text", COMPARE_TEXT)],
    };
    let sent = |path: &str, about, body| Described {
        path: format!("POST {ROOT}{path}"),
        about,
        parameters: vec![("body", body), ("Onrecord-Correct", HEADER)],
    };
    let correct = sent("/corrections", CORRECT, CORRECTION);
    let undo = sent("/corrections/{id}/undo", UNDO, SIGNED);
    ENDPOINTS.iter().map(described).chain([compare, correct, undo]).collect()
}

/// The OpenAPI document, version 3.1.
pub(crate) fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        settings.contract = Contract::Serialize;
    });
    let mut generator = SchemaGenerator::new(settings);
    let mut paths = Map::new();
    paths.insert("/".to_owned(), json!({ "get": root_operation() }));
    for endpoint in ENDPOINTS {
        paths.insert(endpoint.path.to_owned(), json!({ "get": operation(endpoint, &mut generator) }));
    }
    paths.insert("/compare".to_owned(), json!({ "post": compare_operation(&mut generator) }));
    let correct = sent_operation(("correct", CORRECT), &given::<CorrectionV1>(), &mut generator);
    if let Some(list) = paths.get_mut("/corrections").and_then(Value::as_object_mut) {
        list.insert("post".to_owned(), correct);
    }
    let undo = sent_operation(("undo", UNDO), &given::<SignedV1>(), &mut generator);
    paths.insert("/corrections/{id}/undo".to_owned(), json!({ "post": undo }));
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Error".to_owned(), error_shape());
    json!({
        "openapi": "3.1.0",
        "info": { "title": "OnRecord", "version": env!("CARGO_PKG_VERSION"), "description": INTRODUCTION },
        "servers": [{ "url": ROOT }],
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } } },
        "security": [{}, { "token": [] }],
    })
}

fn root_operation() -> Value {
    let number = json!({ "type": "integer", "minimum": 0 });
    let shape = json!({
        "type": "object",
        "properties": { "articles": number, "stories": number, "statements": number, "replies": number,
            "description": { "type": "string" } },
        "required": ["articles", "stories", "statements", "replies", "description"],
    });
    json!({ "operationId": "record", "summary": "What the record holds.", "responses": responses(&shape, &[]) })
}

/// What a draft is held against the record by: the one thing that is sent.
fn compare_operation(generator: &mut SchemaGenerator) -> Value {
    let shape = generator.subschema_for::<ComparisonV1>().to_value();
    let draft = json!({
        "type": "object",
        "properties": { "text": { "type": "string", "minLength": 1, "description": COMPARE_TEXT } },
        "required": ["text"],
    });
    let wrong = [("400", "There is no draft in what was sent."), ("413", "The draft is too long.")];
    let mut answers = responses(&shape, &wrong);
    if let Some(answers) = answers.as_object_mut() {
        answers.retain(|status, _| !["304", "308"].contains(&status.as_str()));
    }
    json!({
        "operationId": "compare",
        "summary": COMPARE,
        "requestBody": { "required": true, "content": { "application/json": { "schema": draft } } },
        "responses": answers,
    })
}

/// The shape of something that is sent.
fn given<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
        settings.contract = Contract::Deserialize;
    });
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// Sending a correction, or that one is taken back; either is answered by the correction as it stands then.
fn sent_operation((id, about): (&str, &str), body: &Value, generator: &mut SchemaGenerator) -> Value {
    let shape = generator.subschema_for::<CorrectionV1>().to_value();
    let wrong = [
        ("400", "What was sent is no correction of this record, and why."),
        ("404", "There is no such thing."),
        ("413", "More was sent than is read."),
    ];
    let mut answers = responses(&shape, &wrong);
    if let Some(answers) = answers.as_object_mut() {
        answers.retain(|status, _| !["304", "308"].contains(&status.as_str()));
        let kept = json!({ "description": "It is kept, and the record was made anew.", "content": answers["200"]["content"] });
        answers.insert("201".to_owned(), kept);
        let forbidden = "The server was begun without --edit, or a page of another site may have sent this.";
        answers["403"]["description"] = forbidden.into();
    }
    let mut parameters = vec![json!({
        "name": "Onrecord-Correct", "in": "header", "required": true, "description": HEADER, "schema": { "const": "1" },
    })];
    if id == "undo" {
        parameters
            .push(json!({ "name": "id", "in": "path", "required": true, "schema": values(Values::Id) }));
    }
    json!({
        "operationId": id,
        "summary": about,
        "parameters": parameters,
        "requestBody": { "required": true, "content": { "application/json": { "schema": body } } },
        "responses": answers,
    })
}

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let thing = (endpoint.shape)(generator).to_value();
    let is_searched = endpoint.parameters.iter().any(|parameter| parameter.name == "q");
    let shape = if endpoint.is_list { list_shape(&thing, is_searched) } else { thing };
    let mut parameters = Vec::new();
    if endpoint.path.contains("{id}") {
        parameters
            .push(json!({ "name": "id", "in": "path", "required": true, "schema": values(Values::Id) }));
    }
    parameters.extend(endpoint.parameters.iter().map(|Parameter { name, values: of, about }| {
        json!({ "name": name, "in": "query", "description": about, "schema": values(*of) })
    }));
    if endpoint.is_list {
        let limits = [
            json!({ "type": "integer", "minimum": 1, "default": 1 }),
            json!({ "type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE }),
        ];
        parameters.extend(PAGING.iter().zip(limits).map(|((name, about), schema)| {
            json!({ "name": name, "in": "query", "description": about, "schema": schema })
        }));
    }
    let wrong: &[(&str, &str)] =
        &[("400", "The question cannot be read."), ("404", "There is no such thing.")];
    json!({
        "operationId": operation_id(endpoint.path),
        "summary": endpoint.about,
        "parameters": parameters,
        "responses": responses(&shape, wrong),
    })
}

fn values(of: Values) -> Value {
    match of {
        Values::Words => json!({ "type": "string", "maxLength": MOST_CHARS }),
        Values::Day => json!({ "type": "string", "format": "date" }),
        Values::Kind => json!({ "type": "string", "enum": DifferenceKind::ALL.map(DifferenceKind::name) }),
        Values::Id => json!({ "type": "string", "pattern": "^[0-9a-f]{16}$" }),
    }
}

/// "/statements/{id}/replies" is called "statements_id_replies".
fn operation_id(path: &str) -> String {
    path.trim_start_matches('/').replace(['{', '}'], "").replace('/', "_")
}

fn responses(shape: &Value, wrong: &[(&str, &str)]) -> Value {
    let json = |shape: Value| json!({ "application/json": { "schema": shape } });
    let error = || json(json!({ "$ref": "#/components/schemas/Error" }));
    let mut out = Map::new();
    out.insert(
        "200".to_owned(),
        json!({ "description": "What was asked for.", "content": json(shape.clone()) }),
    );
    out.insert("304".to_owned(), json!({ "description": "What was asked for is what If-None-Match names." }));
    let moved = "The id belongs to a part of the thing; Location says where the thing stands.";
    out.insert("308".to_owned(), json!({ "description": moved }));
    let always = [
        ("401", "The record asks for a token."),
        ("403", "The record is served to this machine only."),
        ("500", "A fault of ours."),
    ];
    for (status, about) in wrong.iter().copied().chain(always) {
        out.insert(status.to_owned(), json!({ "description": about, "content": error() }));
    }
    Value::Object(out)
}

/// Why a search has more than one order.
fn order() -> String {
    format!(
        "Only of a search by words. `words`: the best first by the words. Where more than {MOST_RANKED} things hold them, \
         too many to weigh: `most_told`, the statements first of which most is told, or `newest`, the newest articles first."
    )
}

fn list_shape(thing: &Value, is_searched: bool) -> Value {
    let number = |least: usize| json!({ "type": "integer", "minimum": least });
    let mut shape = json!({
        "type": "object",
        "properties": {
            "total": number(0), "page": number(1), "per_page": number(1),
            "items": { "type": "array", "items": thing },
        },
        "required": ["total", "page", "per_page", "items"],
    });
    if is_searched {
        let names = [Order::Words, Order::MostTold, Order::Newest].map(Order::name);
        shape["properties"]["order"] = json!({ "type": "string", "enum": names, "description": order() });
    }
    shape
}

fn error_shape() -> Value {
    json!({
        "type": "object",
        "properties": { "error": {
            "type": "object",
            "properties": { "status": { "type": "integer" }, "kind": { "type": "string" }, "message": { "type": "string" } },
            "required": ["status", "kind", "message"],
        } },
        "required": ["error"],
    })
}
