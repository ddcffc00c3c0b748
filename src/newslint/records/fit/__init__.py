"""Judge whether headlines and excerpts belong together."""
