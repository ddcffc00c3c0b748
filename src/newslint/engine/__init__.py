"""The dataflow, pure: map, judge, close; suppression, baseline, edits and their verification."""
