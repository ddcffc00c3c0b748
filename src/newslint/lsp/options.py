"""The options of the server."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """The options of the server.

    Attributes:
        config: The settings file of all files; None to find the closest one of each.
        plugins: Whether code that settings name may be loaded.
        use_cache: Whether to read and write the cache.
        cache_dir: The folder of the cache; None for the default.
    """

    config: Path | None = None
    plugins: bool = True
    use_cache: bool = True
    cache_dir: Path | None = None
