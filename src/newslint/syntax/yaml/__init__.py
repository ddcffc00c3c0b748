"""YAML: parse it into values with exact spans, write scalars, remove entries of lists."""
