"""Rules about descriptions of one article that disagree, and links between records."""
