"""Do records agree about each other."""
