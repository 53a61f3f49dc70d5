"""Heads and bylines: are they found, and does each head go with its body?

Conventions
    Role scores need the system's own roles; a system that gives none has them undefined (zero
    sums). The association (:func:`title_body`) asks only whether the characters that truly are
    the headline were put into one item with the body, so that it is defined for every system and
    fails exactly when titles go to a neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from banmian.metrics.articles import matches
from banmian.metrics.forms import FloatArray
from banmian.metrics.partition import NO_ITEM, IntArray, Partition, Stream
from banmian.tagset import Role

ROLE_WORDS = re.compile(
    r"[\W_]+|(?:全媒体|融媒体|见习|特约|首席|实习|本报)?记者|通讯员|实习生"
    r"|(?:^|(?<=/))(?:文|图|摄影?)(?=/|$)"
)
"""What a run of byline characters holds besides names: marks, role words (guideline D23, D24)."""


def role_chars(reference: Partition, hypothesis: Partition, role: Role) -> FloatArray:
    """tp, fp, fn in characters of ``role``; zeros if the hypothesis gives no roles."""
    if not hypothesis.gives_roles:
        return np.zeros(3)
    gold, found = reference.has(role), hypothesis.has(role)
    return np.array(
        [(gold & found).sum(), (found & ~gold).sum(), (gold & ~found).sum()], dtype=np.float64
    )


def role_blocks(reference: Partition, hypothesis: Partition, role: Role) -> FloatArray:
    """tp, fp, fn in blocks: an item's whole ``role`` met to the character, or not."""
    if not hypothesis.gives_roles:
        return np.zeros(3)
    return _set_counts(_blocks(reference, role), _blocks(hypothesis, role))


def _blocks(partition: Partition, role: Role) -> set[bytes]:
    has = partition.has(role)
    blocks = (np.sort(atoms[has[atoms]]) for atoms in partition.order)
    return {block.tobytes() for block in blocks if len(block)}


def _set_counts(gold: set[bytes], found: set[bytes]) -> FloatArray:
    tp = len(gold & found)
    return np.array([tp, len(found) - tp, len(gold) - tp], dtype=np.float64)


def title_body(reference: Partition, hypothesis: Partition) -> FloatArray:
    """Σ F1 of headline sets, and the number of reference items with headline and body.

    For each such item, the predicted item that holds most of its body is its partner (the first
    of equals); the reference headline characters that the partner holds, of whichever item, are
    compared with the item's own.
    """
    headline, body = reference.has(Role.HEADLINE), reference.has(Role.BODY)
    total = items = 0.0
    for atoms in reference.order:
        own, text = atoms[headline[atoms]], atoms[body[atoms]]
        if not len(own) or not len(text):
            continue
        items += 1
        partners = hypothesis.item[text]
        partners = partners[partners != NO_ITEM]
        if not len(partners):
            continue
        held = headline & (hypothesis.item == int(np.bincount(partners).argmax()))
        shared = int(held[own].sum())
        total += 2 * shared / (len(own) + int(held.sum()))
    return np.array([total, items])


def byline_names(stream: Stream, reference: Partition, hypothesis: Partition) -> FloatArray:
    """tp, fp, fn in name spans: byline characters less marks and role words, exact.

    Both sides are reduced by the same rule, so a system that marks the whole line and one that
    marks the names alone score alike.
    """
    if not hypothesis.gives_roles:
        return np.zeros(3)
    gold, found = (
        {run.tobytes() for runs in names(stream, side) for run in runs}
        for side in (reference, hypothesis)
    )
    return _set_counts(gold, found)


def names(stream: Stream, partition: Partition) -> list[list[IntArray]]:
    """The atoms of each name in the bylines of each item."""
    has = partition.has(Role.BYLINE)
    return [list(_names(stream, np.sort(atoms[has[atoms]]))) for atoms in partition.order]


def _names(stream: Stream, byline: IntArray) -> Iterator[IntArray]:
    apart = (np.diff(byline) > 1) | stream.parted[byline[1:]]
    for run in np.split(byline, np.flatnonzero(apart) + 1):
        text = _spelt(stream, run)
        at = 0
        for word in [*ROLE_WORDS.finditer(text), None]:
            end = word.start() if word else len(text)
            if end > at:
                yield run[at:end]
            at = word.end() if word else at


def _spelt(stream: Stream, atoms: IntArray) -> str:
    return "".join(stream.text[offset] for offset in stream.offsets[atoms])


def authors(
    stream: Stream,
    reference: Partition,
    hypothesis: Partition,
    gold_authors: Sequence[Collection[str]],
) -> FloatArray:
    """tp, fp, fn in (article, author) pairs: is each article given to its own authors?

    ``gold_authors`` are the names of each reference item. A predicted item counts for the
    reference item that it matches (IoU > 0.5); authors of an unmatched one are spurious. What the
    reference bylines hold besides persons (an office, a source) is neither right nor wrong.
    """
    if not hypothesis.gives_roles:
        return np.zeros(3)
    no_persons = {
        run.tobytes()
        for runs, persons in zip(names(stream, reference), gold_authors, strict=True)
        for run in runs
        if _spelt(stream, run) not in persons
    }
    found = [
        {_spelt(stream, run) for run in runs if run.tobytes() not in no_persons}
        for runs in names(stream, hypothesis)
    ]
    gold, partners, _ = matches(reference, hypothesis)
    tp = sum(
        len(set(gold_authors[item]) & found[partner])
        for item, partner in zip(gold, partners, strict=True)
    )
    made, expected = (sum(len(set(side)) for side in sides) for sides in (found, gold_authors))
    return np.array([tp, made - tp, expected - tp], dtype=np.float64)
