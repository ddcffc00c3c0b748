"""JSON: values equal to those of `json.loads`, with places."""
