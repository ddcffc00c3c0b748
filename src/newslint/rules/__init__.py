"""What can be wrong: one rule a file, in a folder for each category."""
