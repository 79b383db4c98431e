//! The description of the API for programs, made out of the endpoints and the shapes themselves.

use schemars::{
    SchemaGenerator,
    generate::{Contract, SchemaSettings},
};
use serde_json::{Map, Value, json};

use onrecord_model::DifferenceKind;
use onrecord_render::wire::ComparisonV1;

use super::{ENDPOINTS, Endpoint, MOST_PER_PAGE, PER_PAGE, Parameter, ROOT, Values};
use crate::pages::MOST_CHARS;

const INTRODUCTION: &str = "A record of what news articles say together, read-only. Spans count Unicode code points into an article's clean \
     text. Contact data is masked. What is not known is null. Shapes may only grow.";

/// What comparing gives.
const COMPARE: &str = "A draft beside the record: what it tells otherwise, without its speaker, alone, or not at all. Kept nowhere.";
const COMPARE_TEXT: &str = "The draft, at most 200,000 bytes.";

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
    ENDPOINTS.iter().map(described).chain([compare]).collect()
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

fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let thing = (endpoint.shape)(generator).to_value();
    let shape = if endpoint.is_list { list_shape(&thing) } else { thing };
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

fn list_shape(thing: &Value) -> Value {
    let number = |least: usize| json!({ "type": "integer", "minimum": least });
    json!({
        "type": "object",
        "properties": {
            "total": number(0), "page": number(1), "per_page": number(1),
            "items": { "type": "array", "items": thing },
        },
        "required": ["total", "page", "per_page", "items"],
    })
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
