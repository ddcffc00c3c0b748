"""Checks of archives that are larger than memory: results on disk, sorted by key, in batches.

`spill` is the database on disk, `listing` finds the documents, `mapping` writes their results,
`links` links their URLs, `views` reads values back, `judging` judges one group at a time,
`closing` closes files and `check` runs these stages.
"""
