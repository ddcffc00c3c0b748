"""Do dates make sense."""
