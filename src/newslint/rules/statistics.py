"""Base classes of rules that judge descriptions by statistics of many mentions.

A statistic is computed in parts, which are merged: in any order, with the same result. So it may
contain counts, sets and minima, but no sums of floating-point numbers. Its size is bounded, and
what `finish` makes of it changes seldom: `check` runs again only for what has changed.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from newslint.records import Description, Group, Mention
from newslint.rules.rule import DescriptionDiagnostic, Rule


class AggregateRule(Rule):
    """A rule that judges each description by a statistic of all mentions with the same key.

    Attributes:
        compares: Whether it only compares descriptions; then it skips groups with just one.
    """

    examines_files = False
    compares: ClassVar[bool] = False

    def keys(self, mention: Mention) -> Iterable[str]:
        """Compute the keys of the groups that `mention` belongs to, from its description only."""
        raise NotImplementedError

    def measure(self, group: Group) -> Any:
        """Compute the statistic of a group, or of some of the mentions with its key."""
        raise NotImplementedError

    def merge(self, statistics: Iterable[Any]) -> Any:
        """Merge the statistics of parts of a group."""
        raise NotImplementedError

    def finish(self, key: str, statistic: Any) -> Any:
        """Compute what `check` needs to know of a group; None if there is nothing to report."""
        del key
        return statistic

    def check(
        self, key: str, description: Description, finished: Any
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield the problems of a description, given the finished statistic of its group."""
        raise NotImplementedError


class SurveyRule(Rule):
    """A rule that judges groups by what is usual in the archive, such as word frequencies.

    The archive is measured in rounds. Each of them knows the finished statistics of those before.

    Attributes:
        rounds: Number of rounds.
        reads_files: Whether it compares records with the other files of the project. Then a
            `ProjectFiles` comes before all finished statistics.
    """

    examines_files = False
    rounds: ClassVar[int] = 1
    reads_files: ClassVar[bool] = False

    def keys(self, mention: Mention) -> Iterable[str]:
        """Compute the keys of the groups that `mention` belongs to, from its description only."""
        raise NotImplementedError

    def measure(self, group: Group, finished: Sequence[Any]) -> Any:
        """Compute the statistic of one group in a round.

        Args:
            group: All mentions with the same key.
            finished: The finished statistics of the rounds before; empty in the first.
        """
        raise NotImplementedError

    def measure_again(self, before: Any, finished: Sequence[Any]) -> Any:
        """Compute the result of `measure` from that of the round before, without the group.

        A rule with several rounds saves time if it can do so; by default, the result is None.

        Args:
            before: The statistic of the group in the round before.
            finished: The finished statistics of the rounds before.
        """
        del before, finished

    def merge(self, statistics: Iterable[Any], finished: Sequence[Any]) -> Any:
        """Merge statistics of groups, or merged ones, of one round."""
        raise NotImplementedError

    def finish(self, statistic: Any, finished: Sequence[Any]) -> Any:
        """Compute what later rounds and `check` need to know of the archive.

        A result that is no plain value has an attribute `digest`, which identifies it.
        """
        del finished
        return statistic

    def finish_again(self, before: Any, statistic: Any, finished: Sequence[Any]) -> Any:
        """Compute the result of `finish` after a change, more quickly if possible.

        Args:
            before: The result before the change.
            statistic: The statistic of the archive.
            finished: The finished statistics of the rounds before.
        """
        del before
        return self.finish(statistic, finished)

    def concerns(self, key: str, statistic: Any, finished: Sequence[Any]) -> bool:
        """Check whether `check` may yield a problem of a group; if not, it is not called.

        Args:
            key: The key of the group.
            statistic: The statistic of the group in the last round.
            finished: The finished statistics of all rounds.
        """
        del key, statistic, finished
        return True

    def check(
        self, group: Group, statistic: Any, finished: Sequence[Any]
    ) -> Iterator[DescriptionDiagnostic]:
        """Yield the problems of a group.

        Args:
            group: All mentions with the same key.
            statistic: The statistic of the group in the last round.
            finished: The finished statistics of all rounds.
        """
        raise NotImplementedError
