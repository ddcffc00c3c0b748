"""TOML: values equal to those of `tomllib`, with places from tree-sitter."""
