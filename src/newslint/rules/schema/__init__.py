"""Rules about fields and their types."""
