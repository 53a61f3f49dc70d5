"""The data itself: valid, counted, and pinned at both ends."""

from collections import Counter
from pathlib import Path

import pytest

from banmian.checks import check
from banmian.manuscripts import copy_paths, read_copy
from banmian.press.print_run import issue_of
from banmian.press.variety import faults, repetitions, variety
from banmian.release import AnnotatedIssue, Release
from banmian.tagset import Split

ROOT = Path(__file__).resolve().parents[1]
REAL = "ywsb-2022-06-13"


def test_the_release_has_no_incident() -> None:
    assert check(ROOT) == []


@pytest.fixture(scope="module")
def real() -> AnnotatedIssue:
    return next(issue for issue in Release(ROOT).issues() if issue.issue.id == REAL)


def test_the_splits_are_as_large_as_promised() -> None:
    corpus = Release(ROOT).corpus()
    counts = Counter(corpus.splits[issue.id] for issue in corpus.issues)
    assert counts == {Split.REAL: 1, Split.TEST: 52, Split.DEV: 15, Split.TRAIN: 40}


def test_every_manuscript_file_is_an_issue_and_the_other_way_round() -> None:
    pressed = {issue.id for issue in Release(ROOT).corpus().issues} - {REAL}
    assert pressed == {issue_of(path) for path in copy_paths(ROOT / "corpus" / "manuscripts")}


def test_the_manuscripts_keep_within_the_limits_of_variety() -> None:
    copies = [read_copy(path) for path in copy_paths(ROOT / "corpus" / "manuscripts")]
    found = variety(copies, Release(ROOT).corpus().splits)
    manuscripts = [one for copy in copies for one in copy.manuscripts]
    assert list(faults(found, repetitions(manuscripts))) == []
    assert found.articles >= 600
    assert found.characters >= 240_000


def test_counts_of_the_real_page(real: AnnotatedIssue) -> None:
    issue = real
    kinds = Counter(item.kind.value for item in issue.reading.items)
    assert kinds == {"article": 5, "teaser": 1, "weather": 1}
    assert sum(len(item.entities) for item in issue.entities.values()) == 165
    assert sum(len(item.words) for item in issue.words.values()) == 2318


def test_first_and_last_item_read_as_printed(real: AnnotatedIssue) -> None:
    issue = real
    first, *_, last = (issue.article_text(item).text for item in issue.reading.items)
    assert first.startswith("事不避难勇者胜改革突破谋新篇\n——各部门、镇街贯彻")
    assert first.endswith("让市民足不出户打开手机即可学习安全知识。")
    assert last == "天气早知道\n本周两头雨中间晴"


def test_artefacts_are_gone_from_the_article_texts(real: AnnotatedIssue) -> None:
    issue = real
    text = "\n".join(issue.article_text(item).text for item in issue.reading.items)
    assert "Chinagoods平台" in text
    assert "China-" not in text
    assert "2022年义乌市" in text
    assert "安全宣传“五进”工作" in text


def test_the_day_is_kept_once(real: AnnotatedIssue) -> None:
    issue = real
    [date] = [unit for unit in issue.reading.furniture if unit.kind == "date"]
    assert "".join(at.of(issue.texts) for at in date.spans).startswith("2022年6月13星期一")
