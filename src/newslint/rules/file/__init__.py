"""Is there a record at all."""
