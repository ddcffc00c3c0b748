"""Rules about links and images that no longer answer; they judge verdicts of `newslint probe`."""
