"""Is it a news record."""
