"""Rules: one module for each, in a folder for each category."""
