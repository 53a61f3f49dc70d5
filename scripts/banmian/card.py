"""The data set's card: ``README.md`` with the YAML that ``datasets`` reads, and ``eval.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import yaml

from banmian import publication
from banmian.configurations import CONFIGURATIONS, Configuration
from banmian.corpus import Corpus
from banmian.features import card_features
from banmian.parquet_files import DataFile
from banmian.tagset import Split

FILE_NAME = "README.md"
EVAL_FILE_NAME = "eval.yaml"
DEFAULT = next(iter(CONFIGURATIONS))


def card(corpus: Corpus, files: Sequence[DataFile]) -> str:
    """The text of the card for a data set that holds ``files``, sorted by configuration."""
    return f"---\n{_yaml(_metadata(corpus, files))}---\n\n{_body(corpus, files)}"


def front_matter(text: str) -> dict[str, Any]:
    """The YAML of a card's text; empty if it has none."""
    head, _, rest = text.partition("---\n")
    if head or not rest:
        return {}
    loaded = yaml.safe_load(rest.partition("\n---\n")[0])
    return loaded if isinstance(loaded, dict) else {}


def _yaml(record: dict[str, Any]) -> str:
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=10_000)


def _by_configuration(
    files: Sequence[DataFile],
) -> Iterator[tuple[Configuration, list[DataFile]]]:
    for name, group in groupby(files, key=lambda file: file.configuration):
        yield CONFIGURATIONS[name], list(group)


def _metadata(corpus: Corpus, files: Sequence[DataFile]) -> dict[str, Any]:
    tables = list(_by_configuration(files))
    return {
        "pretty_name": publication.PRETTY_NAME,
        "version": publication.VERSION,
        "language": ["zh"],
        "license": "other",
        "license_name": "annotations-cc-by-4.0-text-per-issue",
        "license_link": publication.ANNOTATION_LICENCE,
        "annotations_creators": ["machine-generated"],
        "multilinguality": ["monolingual"],
        "size_categories": [_size_category(max(file.rows for file in files))],
        "source_datasets": ["original"],
        "task_categories": ["token-classification"],
        "task_ids": ["named-entity-recognition"],
        "tags": publication.keywords(corpus.splits[issue.id] for issue in corpus.issues),
        "configs": [_config(table, of_table) for table, of_table in tables],
        "dataset_info": [_info(table, of_table) for table, of_table in tables],
    }


def _size_category(rows: int) -> str:
    bounds = {1_000: "n<1K", 10_000: "1K<n<10K", 100_000: "10K<n<100K", 1_000_000: "100K<n<1M"}
    return next((name for bound, name in bounds.items() if rows < bound), "1M<n<10M")


def _config(table: Configuration, files: Sequence[DataFile]) -> dict[str, Any]:
    default = {"default": True} if table.name == DEFAULT else {}
    return {
        "config_name": table.name,
        **default,
        "data_files": [{"split": str(file.split), "path": str(file.path)} for file in files],
    }


def _info(table: Configuration, files: Sequence[DataFile]) -> dict[str, Any]:
    return {
        "config_name": table.name,
        "features": card_features(table.features),
        "splits": [
            {
                "name": str(file.split),
                "num_bytes": file.uncompressed,
                "num_examples": file.rows,
            }
            for file in files
        ],
        "download_size": sum(file.size for file in files),
        "dataset_size": sum(file.uncompressed for file in files),
    }


def _body(corpus: Corpus, files: Sequence[DataFile]) -> str:
    sections = [
        f"# {publication.PRETTY_NAME}",
        publication.DESCRIPTION,
        _usage(files),
        "## Configurations\n\n"
        + "\n\n".join(_columns(table) for table, _ in _by_configuration(files)),
        *_without_pictures(files),
        "## Splits\n\n" + _splits(files) + "\n\n" + _split_notes(corpus),
        f"## Annotation\n\n{publication.ANNOTATION}",
        "## Licences\n\n" + _licences(corpus),
        "## Offsets\n\nHalf-open `[start, end)`, in Unicode code points of the named text, which "
        "is never normalised. `map` leads from an article's text to its pages.",
        f"## Citation\n\n```bibtex\n{publication.citation()}\n```",
    ]
    return "\n\n".join(sections) + "\n"


def _without_pictures(files: Sequence[DataFile]) -> Iterator[str]:
    if not any(file.configuration == "images" for file in files):
        yield (
            "There is no `images` configuration: the corpus holds no page picture that may be "
            "shipped."
        )


def _usage(files: Sequence[DataFile]) -> str:
    split = next(file.split for file in files if file.configuration == DEFAULT)
    return (
        "```python\n"
        "from datasets import load_dataset\n\n"
        f'pages = load_dataset("path/to/this/directory", split="{split}")\n'
        f'articles = load_dataset("path/to/this/directory", "articles", split="{split}")\n'
        "```"
    )


def _columns(table: Configuration) -> str:
    default = " (default)" if table.name == DEFAULT else ""
    rows = [f"| `{name}` | {column.about} |" for name, column in table.columns.items()]
    return f"### `{table.name}`{default}\n\nA row is {table.row}.\n\n" + "\n".join(
        ["| column | holds |", "|---|---|", *rows]
    )


def _splits(files: Sequence[DataFile]) -> str:
    splits = [split for split in Split if any(file.split is split for file in files)]
    head = ["| rows |", *(f" `{split}` |" for split in splits)]
    rows = []
    for table, of_table in _by_configuration(files):
        counts = {file.split: file.rows for file in of_table}
        rows.append(f"| `{table.name}` |" + "".join(f" {counts.get(s, 0)} |" for s in splits))
    return "\n".join(["".join(head), "|---|" + "--:|" * len(splits), *rows])


def _split_notes(corpus: Corpus) -> str:
    splits = {corpus.splits[issue.id] for issue in corpus.issues}
    notes = []
    if Split.REAL in splits:
        notes.append(
            "`real` holds pages as they were printed. It is for testing only: never train on it, "
            "never pool its scores with those of another split."
        )
    if splits - {Split.REAL}:
        notes.append(
            "`train`, `dev` and `test` are **synthetic**: manuscripts written for this corpus, set "
            "into issues of invented newspapers. People, companies and small places in them are "
            "invented. Their rows have `synthetic` true. A page of theirs has a row in `pages` for "
            "each extraction view: filter by `view` before counting or training."
        )
    return "\n\n".join(notes)


def _licences(corpus: Corpus) -> str:
    counts: dict[tuple[Split, str], int] = {}
    for issue in corpus.issues:
        key = (corpus.splits[issue.id], issue.licence)
        counts[key] = counts.get(key, 0) + 1
    rows = [f"| `{split}` | {n} | {licence} |" for (split, licence), n in sorted(counts.items())]
    return "\n".join(["| split | issues | licence |", "|---|--:|---|", *rows])


EVALUATED = (Split.REAL, Split.TEST)
TASKS = {"articles": "pages", "entities": "articles", "words": "articles"}
"""The benchmark's tasks and the configuration whose texts a system is given."""


def eval_registry(files: Sequence[DataFile]) -> str:
    """The text of ``eval.yaml``, by which the Hub registers a data set as a benchmark."""
    held = {(file.configuration, file.split) for file in files}
    tasks = [
        {"id": f"{task}_{split}", "config": config, "split": str(split)}
        for split in EVALUATED
        for task, config in TASKS.items()
        if (config, split) in held and (task == "articles" or (task, split) in held)
    ]
    return _yaml(
        {
            "name": publication.PRETTY_NAME,
            "description": publication.DESCRIPTION,
            "evaluation_framework": "banmian-bench",
            "tasks": tasks,
        }
    )
