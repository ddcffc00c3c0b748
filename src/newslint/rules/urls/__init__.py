"""Do links lead somewhere."""
