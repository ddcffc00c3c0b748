"""Check the rows of a data frame of Spark, in its processes: needs the extra `newslint[spark]`."""

from newslint.spark.check import SparkReport, check, check_rows

__all__ = ["SparkReport", "check", "check_rows"]
