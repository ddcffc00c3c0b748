"""Is there a picture, and is it usable."""
