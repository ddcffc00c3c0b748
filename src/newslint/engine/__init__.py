"""The stages of a check, map, judge and close, as pure functions of values.

Suppression, baselines, and the selection and verification of fixes belong to this package, too.
`newslint.execution` runs the stages. The only I/O here is that of `baseline_file.read_baseline`.

This package is private: it changes without notice. Programs use `newslint.check`.
"""
