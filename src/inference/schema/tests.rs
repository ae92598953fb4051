use super::*;

fn complaint(schema: &str) -> String {
    check_schema(schema).expect_err(schema).to_string()
}

#[test]
fn schemas_that_are_written_every_day_are_followed() {
    for schema in [
        "{}",
        r#"{"type": "object"}"#,
        r#"{"type": "object", "properties": {"a": {"type": "string", "title": "A"}}, "required": ["a"]}"#,
        r#"{"anyOf": [{"type": "string"}, {"type": "null"}], "default": null}"#,
        r#"{"type": ["integer", "null"], "minimum": 0, "exclusiveMaximum": 10}"#,
        r##"{"$defs": {"n": {"properties": {"next": {"$ref": "#/$defs/n"}}}}, "$ref": "#/$defs/n"}"##,
        r##"{"allOf": [{"$ref": "#/definitions/c"}], "definitions": {"c": {"enum": ["a", "b"]}}}"##,
        r#"{"type": "array", "prefixItems": [{"type": "number"}, {"const": 1}], "minItems": 2}"#,
        r#"{"type": "string", "pattern": "^[a-z]{2,5}$", "x-note": 1}"#,
        r#"{"type": "string", "format": "date"}"#,
        r#"{"type": "string", "format": "email"}"#,
    ] {
        assert_eq!(check_schema(schema), Ok(()), "{schema}");
    }
}

#[test]
fn what_is_no_json_is_shown_where_it_breaks_off() {
    let error = check_schema("{\n  \"type\": \"object\",\n}").expect_err("a comma too many");
    assert_eq!(
        error.with_excerpt(),
        "the JSON schema is wrong at line 3, column 1: trailing comma\n  }\n  ^"
    );
    assert!(complaint("").contains("EOF"), "{}", complaint(""));
}

#[test]
fn what_cannot_be_followed_is_named_by_its_pointer_and_shown() {
    let schema = "{\"type\": \"object\", \"properties\": {\n  \"n\": {\"type\": \"integer\", \"multipleOf\": 2}\n}}";
    let error = check_schema(schema).expect_err("no multiples");
    assert_eq!(
        error.with_excerpt(),
        "the JSON schema is wrong at #/properties/n/multipleOf, line 2, column 28: \
         an answer cannot be held to multipleOf\n\
         \x20   \"n\": {\"type\": \"integer\", \"multipleOf\": 2}\n\
         \x20                            ^"
    );
}

#[test]
fn each_mistake_has_its_sentence() {
    for (schema, part) in [
        ("true", "#, line 1, column 1: expected a schema in braces"),
        (
            r#"{"type": "strnig"}"#,
            "#/type, line 1, column 2: \"strnig\" is no type",
        ),
        (r#"{"type": []}"#, "list of types is empty"),
        (
            r#"{"proprties": {}}"#,
            "no keyword proprties, did you mean properties?",
        ),
        (
            r#"{"minLength": 2, "type": "integer"}"#,
            "minLength has no effect on the type integer",
        ),
        (r#"{"minimum": 2}"#, "minimum has no effect without a type"),
        (
            r#"{"type": "number", "minimum": 2}"#,
            "only for the type integer",
        ),
        (r##"{"$ref": "#/$defs/x"}"##, "'#/$defs/x' names nothing"),
        (
            r#"{"$ref": "https://example.org/s"}"#,
            "only references like",
        ),
        (
            r##"{"$ref": "#/a", "a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}"##,
            "has no keyword",
        ),
        (
            r##"{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}"##,
            "nothing but a reference to itself",
        ),
        (
            r##"{"properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"not": {}}}}"##,
            "#/$defs/a/not",
        ),
        (r#"{"anyOf": []}"#, "anyOf needs schemas"),
        (
            r#"{"anyOf": [{}], "type": "string"}"#,
            "type has no effect beside anyOf",
        ),
        (r#"{"anyOf": [{}, 1]}"#, "#/anyOf/1"),
        (r#"{"enum": []}"#, "enum needs an array"),
        (
            r#"{"type": "string", "enum": ["a", 1]}"#,
            "#/enum/1, line 1, column 34: 1 is not of the type string",
        ),
        (
            r#"{"type": "object", "required": ["a"]}"#,
            "'a' is required and not among",
        ),
        (
            r#"{"type": "object", "additionalProperties": 1}"#,
            "needs true, false or a schema",
        ),
        (
            r#"{"type": "array", "items": {}, "minItems": -1}"#,
            "whole number from 0 up",
        ),
        (r#"{"type": "array", "maxItems": 5000}"#, "2000 at most"),
        (
            r#"{"type": "array", "minItems": 3, "maxItems": 2}"#,
            "maxItems is below minItems",
        ),
        (
            r#"{"type": "array", "items": [{}, {}], "minItems": 3}"#,
            "the array has 2 items",
        ),
        (
            r#"{"type": "string", "pattern": "a+"}"#,
            "begins with ^ and ends with $",
        ),
        (
            r#"{"type": "string", "pattern": "^a$", "maxLength": 2}"#,
            "beside pattern",
        ),
        (
            r#"{"type": "string", "format": "date", "minLength": 2}"#,
            "beside format",
        ),
        (
            r#"{"type": "integer", "minimum": 5, "exclusiveMaximum": 5.5, "maximum": 9}"#,
            "beside maximum",
        ),
        (
            r#"{"type": "integer", "minimum": 5, "exclusiveMaximum": 5}"#,
            "no whole number",
        ),
        (r#"{"type": "integer", "minimum": 1e300}"#, "15 digits"),
        (r#"{"allOf": [{"type": "string"}]}"#, "#/allOf/0"),
        (
            r#"{"allOf": [{"properties": {"a": {}}}, {"properties": {"a": {}}}]}"#,
            "'a' stands in two parts",
        ),
        (
            r#"{"allOf": [{"enum": [1]}, {"enum": [2]}]}"#,
            "no value is in all",
        ),
        (
            r#"{"properties": {"a": {}}, "allOf": [{}]}"#,
            "allOf has no effect",
        ),
    ] {
        assert!(
            complaint(schema).contains(part),
            "{schema}\n{}",
            complaint(schema)
        );
    }
}

#[test]
fn a_schema_that_is_deeper_than_any_is_refused() {
    let deep = format!("{}{{}}{}", "{\"items\": ".repeat(110), "}".repeat(110));
    assert!(complaint(&deep).contains("deep"), "{}", complaint(&deep));
    let chain: Vec<String> = (0..200)
        .map(|at| format!(r##""{at}": {{"items": {{"$ref": "#/$defs/{}"}}}}"##, at + 1))
        .collect();
    let chain = format!(
        r##"{{"$ref": "#/$defs/0", "$defs": {{{}, "200": {{}}}}}}"##,
        chain.join(",")
    );
    assert!(complaint(&chain).contains("deep"), "{}", complaint(&chain));
}

#[test]
fn a_pattern_is_found_again() {
    let schema = r#"{"properties": {"a": {"pattern": "^(?=x)$"}}}"#;
    let (pointer, place) = pattern_in_schema(schema, "^(?=x)$").expect("it is there");
    assert_eq!(pointer, "#/properties/a/pattern");
    assert_eq!(place.column, 23);
    assert!(pattern_in_schema(schema, "^y$").is_none());
}
