"""BanMian: Chinese newspaper issues with gold per character. Corpus + annotations → data set."""

from banmian.errors import BanmianError, DataFault, DataFaults, UsageError
from banmian.spans import Segmentation, Span
from banmian.tagset import ArtefactKind, EntityLabel, FurnitureKind, ItemKind, Role, Split, Status

__version__ = "1.1.0"

__all__ = [
    "ArtefactKind",
    "BanmianError",
    "DataFault",
    "DataFaults",
    "EntityLabel",
    "FurnitureKind",
    "ItemKind",
    "Role",
    "Segmentation",
    "Span",
    "Split",
    "Status",
    "UsageError",
    "__version__",
]
