"""Rules about files and their front matter as a whole."""
