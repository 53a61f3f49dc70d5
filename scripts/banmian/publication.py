"""What the data set says of itself wherever it is published: name, version, citation, conduct."""

from __future__ import annotations

from collections.abc import Iterable

from banmian import __version__
from banmian.tagset import Split

NAME = "banmian"
PRETTY_NAME = "BanMian 版面"
VERSION = __version__
KEYWORDS = (
    "chinese",
    "newspaper",
    "article-segmentation",
    "headline",
    "byline",
    "named-entity-recognition",
    "word-segmentation",
    "benchmark",
)
SYNTHETIC = "synthetic"
"""Keyword of a data set that holds issues set by the press from manuscripts written for it."""

RELEASED = {"0.1.0": "2026-11-23", "1.0.0": "2026-11-24", "1.1.0": "2026-11-24"}
"""Day of publication by version: not the day of the build, which must repeat byte for byte."""

CREATOR = "The BanMian maintainers"
ANNOTATION_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DESCRIPTION = (
    "BanMian (版面) is an open benchmark of Chinese newspaper pages. Each page's text layer is "
    "kept as it was extracted; stand-off annotations say, per character, which article it belongs "
    "to and in which role (headline, kicker, deck, byline, body, caption …), and give the named "
    "entities and the words of each article."
)


def keywords(splits: Iterable[Split]) -> list[str]:
    """The keywords; :data:`SYNTHETIC` among them if any issue is not a real one."""
    synthetic = any(split is not Split.REAL for split in splits)
    return [*KEYWORDS, *([SYNTHETIC] if synthetic else [])]


def released() -> str:
    """The day on which :data:`VERSION` was published, ``YYYY-MM-DD``."""
    return RELEASED[VERSION]


def citation() -> str:
    """A BibTeX entry for this version."""
    year = released()[:4]
    return (
        f"@misc{{banmian{year},\n"
        "  title = {BanMian: an open benchmark of Chinese newspaper pages},\n"
        f"  author = {{{{{CREATOR}}}}},\n"
        f"  year = {{{year}}},\n"
        f"  version = {{{VERSION}}}\n"
        "}"
    )


ANNOTATION = (
    "Annotated by machine along written guidelines for articles, entities and words. Status gold: "
    "two passes of a language model in fresh sessions, which saw only guideline and text, then "
    "adjudicated with every ruling recorded. Status by-construction: known from the manuscript "
    "that was set. Status silver: one pass. No part was annotated by people."
)

RESPONSIBLE_AI: dict[str, str | list[str]] = {
    "rai:dataCollection": (
        "Each real page is the text layer of a newspaper's own public e-paper, entered byte for "
        "byte with its source, licence and checksum. Pages of the press splits, if any, are set "
        "from manuscripts written for this corpus."
    ),
    "rai:dataCollectionType": ["Document analysis"],
    "rai:dataCollectionRawData": (
        "Text layers in the order of extraction; columns `text` and `text_sha256` of `pages`. "
        "Pages of the press splits, if any, in several extraction views."
    ),
    "rai:dataCollectionMissingData": (
        "Lines set as outlines have no text layer and are missing: an article without a headline "
        "in the text layer has none. Real pages have neither picture nor geometry."
    ),
    "rai:dataPreprocessingProtocol": [
        "None of the page text. The text of an article is the page text of its spans in reading "
        "order without the marked artefacts (line breaks, layout blanks, line-end hyphens, "
        "overprints); each character keeps its place on the page."
    ],
    "rai:dataAnnotationProtocol": [ANNOTATION],
    "rai:dataAnnotationPlatform": ["Marking sheets in plain text, read by `banmian ingest`."],
    "rai:dataAnnotationAnalysis": [
        "Agreement of the passes by layer is computed by `banmian agree`; passes of one model "
        "share habits, so it is no estimate of human agreement. Where the page alone cannot "
        "decide, the other acceptable reading is kept as an alternative."
    ],
    "rai:annotationsPerItem": "Two machine passes, adjudicated, for gold; no human labels.",
    "rai:annotatorDemographics": ["No persons: annotated by a language model."],
    "rai:machineAnnotationTools": [
        "A language model, one fresh session a pass, which saw the guideline and the text only."
    ],
    "rai:dataUseCases": [
        "Testing of article segmentation, headline and byline detection, named entity recognition "
        "and word segmentation on newspaper pages. The split real is for testing only: never train "
        "on it, never pool its scores with those of another split."
    ],
    "rai:dataLimitations": [
        "Few newspapers and days: scores do not carry over to other papers, periods or scripts.",
        "Newspaper language of mainland China in simplified characters.",
    ],
    "rai:dataBiases": [
        "Local party and city dailies: official topics, place names and persons of one region."
    ],
    "rai:dataSocialImpact": (
        "Meant to make tools for newspaper archives comparable. Articles keep the point of view of "
        "the newspaper that printed them."
    ),
    "rai:personalSensitiveInformation": [
        "Real pages name persons, as printed publicly: officials, journalists, people in the news."
    ],
    "rai:dataReleaseMaintenancePlan": (
        "Versions are numbered; a change of data raises the minor version and is listed in the "
        "changelog under Data. Faults are corrected in a new version, never in place."
    ),
}
"""Properties of the Croissant RAI vocabulary 1.0."""
