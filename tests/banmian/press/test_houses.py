"""House styles are described whole; whatever is missing or unknown is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from banmian.errors import DataFault, DataFaults
from banmian.press.houses import read_house, read_houses

ROOT = Path(__file__).parents[3]
HOUSE = ROOT / "tests" / "data" / "press" / "houses" / "ttrb.toml"


def spoilt(tmp_path: Path, old: str, new: str) -> Path:
    path = tmp_path / "x.toml"
    text = HOUSE.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_the_released_houses_can_be_read() -> None:
    houses = read_houses(ROOT / "corpus" / "houses")

    assert len(houses) >= 14
    assert len({house.wording.title for house in houses.values()}) == len(houses)


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("columns = 5", "colunms = 5", "colunms"),
        ("columns = 5", "columns = 5.5", "columns"),
        ('order = "body-first"', 'order = "any"', "order"),
        ("[habits]", "[habit]", "habit"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, old: str, new: str, names: str) -> None:
    with pytest.raises(DataFaults, match=names):
        read_house(spoilt(tmp_path, old, new))


def test_broken_toml_is_one_fault(tmp_path: Path) -> None:
    with pytest.raises(DataFault, match="house-invalid"):
        read_house(spoilt(tmp_path, "[format]", "[format"))


def test_every_fault_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("", "utf-8")

    with pytest.raises(DataFaults) as caught:
        read_house(path)

    assert len(caught.value.faults) > 40
