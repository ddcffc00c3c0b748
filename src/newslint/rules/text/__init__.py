"""Is the text intact."""
