"""The stages of a check, map, judge and close, as pure functions of values, without any I/O.

Suppression, baselines, and the selection and verification of fixes belong to this package, too.
`newslint.execution` runs the stages.
"""
