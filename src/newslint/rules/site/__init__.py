"""Rules about sites: what their pages, paths and terms have in common."""
