"""Rules about headlines and excerpts."""
