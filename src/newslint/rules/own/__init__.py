"""What newslint says about its own run."""
