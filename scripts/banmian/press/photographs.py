"""News photographs that the press draws itself: places and things, people only as silhouettes.

Every scene is drawn in flat shapes from a seed, then softened, darkened to the edges and given the
grain of newsprint, so that at the size of a page it passes for a printed photograph.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

Rgb = tuple[int, int, int]
QUALITY = 72
GRAIN_TILE = 64
GRAIN = 14  # grey levels, to either side


class _Canvas:
    """A picture addressed in shares of its width and height, (0, 0) the upper left corner."""

    def __init__(self, seed: int, width: int, height: int) -> None:
        from PIL import Image, ImageDraw

        self.random = Random(f"photograph {seed}")  # a string: the same in every process
        self.width = width
        self.height = height
        self.image: Image.Image = Image.new("RGB", (width, height))
        self._draw: ImageDraw.ImageDraw = ImageDraw.Draw(self.image)

    def at(self, x: float, y: float) -> tuple[float, float]:
        return x * self.width, y * self.height

    def shape(self, points: list[tuple[float, float]], colour: Rgb) -> None:
        self._draw.polygon([self.at(*point) for point in points], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Rgb) -> None:
        if right > left and bottom > top:
            self._draw.rectangle((*self.at(left, top), *self.at(right, bottom)), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Rgb) -> None:
        """``radius`` is a share of the height."""
        reach = radius * self.height / self.width
        corners = (*self.at(x - reach, y - radius), *self.at(x + reach, y + radius))
        self._draw.ellipse(corners, fill=colour)

    def line(self, ends: list[tuple[float, float]], colour: Rgb, width: float = 0.006) -> None:
        thick = max(1, round(width * self.height))
        self._draw.line([self.at(*end) for end in ends], fill=colour, width=thick)

    def fade(self, top: float, bottom: float, upper: Rgb, lower: Rgb) -> None:
        """A band across the picture, its colour passing from ``upper`` to ``lower``."""
        first, last = round(top * self.height), round(bottom * self.height)
        for row in range(first, last):
            share = (row - first) / max(1, last - first)
            self._draw.line((0, row, self.width, row), fill=_mixed(upper, lower, share))

    def pick(self, *colours: Rgb) -> Rgb:
        """One of the colours, a little lighter or darker."""
        shift = self.random.randint(-14, 14)
        red, green, blue = (max(0, min(255, c + shift)) for c in self.random.choice(colours))
        return red, green, blue


def photograph(seed: int, width: int, height: int) -> bytes:
    """A JPEG of ``width`` × ``height`` pixels; the same seed and size give the same bytes."""
    canvas = _Canvas(seed, width, height)
    canvas.random.choice(SCENES)(canvas)
    output = io.BytesIO()
    _developed(canvas).save(output, "JPEG", quality=QUALITY)
    return output.getvalue()


def _developed(canvas: _Canvas) -> Image.Image:
    from PIL import Image, ImageChops, ImageFilter

    size = (canvas.width, canvas.height)
    soft = canvas.image.filter(ImageFilter.GaussianBlur(max(0.6, canvas.height / 400)))
    noise = canvas.random.randbytes(GRAIN_TILE * GRAIN_TILE)
    levels = bytes(128 + round((value - 128) * GRAIN / 128) for value in noise)
    tile = Image.frombytes("L", (GRAIN_TILE, GRAIN_TILE), levels)
    grain = Image.new("L", size)
    for left in range(0, canvas.width, GRAIN_TILE):
        for top in range(0, canvas.height, GRAIN_TILE):
            grain.paste(tile, (left, top))
    grained = ImageChops.add(soft, Image.merge("RGB", (grain,) * 3), 1, -128)
    edges = Image.radial_gradient("L").point([255 - value // 4 for value in range(256)])
    return ImageChops.multiply(grained, Image.merge("RGB", (edges.resize(size),) * 3))


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _sky(canvas: _Canvas, horizon: float) -> None:
    upper = canvas.pick((96, 140, 190), (150, 165, 180), (120, 130, 150), (205, 150, 110))
    canvas.fade(0, horizon, upper, _mixed(upper, (245, 240, 230), 0.75))


def _ridge(canvas: _Canvas, level: float, swing: float, colour: Rgb) -> None:
    """Hills from the left to the right, ``level`` down the picture, filled to its foot."""
    phases = [canvas.random.uniform(0, math.tau) for _ in range(3)]
    steps = 40
    points = [(0.0, 1.0)]
    for step in range(steps + 1):
        x = step / steps
        waves = (math.sin(phase + x * 5 * (n + 1)) / (n + 1) for n, phase in enumerate(phases))
        points.append((x, level + swing * sum(waves)))
    canvas.shape([*points, (1.0, 1.0)], colour)


def _tree(canvas: _Canvas, x: float, foot: float, height: float) -> None:
    canvas.line([(x, foot), (x, foot - height * 0.6)], (70, 55, 40), 0.012)
    for _ in range(7):
        aside = canvas.random.uniform(-0.25, 0.25) * height
        up = canvas.random.uniform(0.5, 0.95) * height
        leaf = canvas.pick((52, 84, 48), (70, 100, 56))
        canvas.disc(x + aside * canvas.height / canvas.width, foot - up, height * 0.2, leaf)


def _people(canvas: _Canvas, count: int, foot: float, height: float) -> None:
    """Figures seen against the light or from behind."""
    for number in range(count):
        x = (number + canvas.random.uniform(0.2, 0.8)) / count
        tall = height * canvas.random.uniform(0.85, 1.1)
        wide = tall * 0.16 * canvas.height / canvas.width
        dark = canvas.pick((38, 38, 44), (58, 52, 50), (48, 54, 70))
        shoulder = foot - tall * 0.7
        left = [(x - wide, foot), (x - wide, shoulder), (x, foot - tall * 0.82)]
        canvas.shape([*left, (x + wide, shoulder), (x + wide, foot)], dark)
        canvas.disc(x, foot - tall * 0.9, tall * 0.1, _mixed(dark, (20, 18, 18), 0.5))


def _house(canvas: _Canvas, left: float, right: float, top: float, foot: float) -> None:
    wall = canvas.pick((176, 160, 142), (150, 150, 155), (196, 186, 170), (130, 110, 98))
    canvas.box(left, top, right, foot, wall)
    rows = max(2, round((foot - top) * 16))
    columns = max(2, round((right - left) * 22))
    for row in range(rows):
        for column in range(columns):
            x = left + (right - left) * (column + 0.25) / columns
            y = top + (foot - top) * (row + 0.25) / rows
            glass = canvas.pick((70, 80, 96), (96, 106, 118), (215, 196, 140))
            canvas.box(
                x, y, x + (right - left) * 0.5 / columns, y + (foot - top) * 0.5 / rows, glass
            )


def _hills_and_fields(canvas: _Canvas) -> None:
    _sky(canvas, 0.5)
    for number in range(3):
        far = number / 3
        _ridge(canvas, 0.36 + 0.1 * number, 0.05, _mixed((140, 155, 170), (60, 92, 62), far))
    canvas.fade(0.66, 1, (150, 156, 80), (104, 120, 54))
    for number in range(11):
        foot = -0.6 + 2.2 * number / 10
        furrow = canvas.pick((92, 108, 50), (176, 168, 92))
        canvas.line([(0.5 + (foot - 0.5) * 0.25, 0.66), (foot, 1.0)], furrow, 0.02)
    for _ in range(canvas.random.randint(1, 4)):
        _tree(canvas, canvas.random.random(), 0.72, canvas.random.uniform(0.12, 0.25))


def _river_and_bridge(canvas: _Canvas) -> None:
    _sky(canvas, 0.6)
    _ridge(canvas, 0.48, 0.04, canvas.pick((112, 128, 124), (94, 116, 104)))
    canvas.fade(0.6, 1, (130, 150, 160), (70, 96, 110))
    for _ in range(60):
        x, y = canvas.random.random(), canvas.random.uniform(0.63, 0.99)
        reach = 0.02 + 0.08 * (y - 0.6)
        canvas.line([(x, y), (x + reach, y)], canvas.pick((168, 184, 190), (86, 110, 124)))
    deck = canvas.random.uniform(0.46, 0.54)
    stone = canvas.pick((88, 86, 86), (140, 84, 74), (120, 116, 108))
    for pillar in (0.28, 0.72):
        canvas.box(pillar - 0.012, deck - 0.36, pillar + 0.012, 0.68, stone)
        for number in range(1, 7):
            for side in (-1, 1):
                foot = (pillar + side * 0.037 * number, deck)
                canvas.line([(pillar, deck - 0.35), foot], stone, 0.005)
    canvas.box(0, deck, 1, deck + 0.035, stone)


def _street(canvas: _Canvas) -> None:
    _sky(canvas, 0.8)
    left = -0.05
    while left < 1:
        right = left + canvas.random.uniform(0.1, 0.24)
        _house(canvas, left, right - 0.01, canvas.random.uniform(0.08, 0.5), 0.8)
        left = right
    canvas.fade(0.8, 1, (120, 118, 114), (84, 84, 86))
    for number in range(6):
        canvas.box(number * 0.18, 0.895, number * 0.18 + 0.09, 0.91, (208, 204, 192))
    for number in range(canvas.random.randint(3, 6)):
        _tree(canvas, 0.08 + number * 0.17, 0.83, 0.26)


def _hall(canvas: _Canvas) -> None:
    canvas.fade(0, 1, (150, 116, 84), (96, 66, 48))
    canvas.box(0.2, 0.12, 0.8, 0.55, canvas.pick((160, 40, 36), (64, 88, 140), (206, 196, 176)))
    canvas.box(0.26, 0.26, 0.74, 0.32, (236, 224, 196))
    canvas.box(0.34, 0.38, 0.66, 0.42, (226, 212, 180))
    for number in range(9):
        canvas.disc(0.06 + number * 0.11, 0.05, 0.018, (252, 244, 214))
    canvas.box(0.24, 0.58, 0.76, 0.66, (110, 74, 48))
    for row in range(3):
        _people(canvas, 9 - row, 0.86 + row * 0.1, 0.24 + row * 0.05)


def _sports_ground(canvas: _Canvas) -> None:
    _sky(canvas, 0.3)
    canvas.box(0, 0.22, 1, 0.42, (128, 126, 132))
    for _ in range(420):
        seat = canvas.pick((186, 60, 56), (60, 92, 160), (220, 208, 180), (60, 60, 66))
        canvas.disc(canvas.random.random(), canvas.random.uniform(0.23, 0.41), 0.008, seat)
    canvas.fade(0.42, 0.72, (96, 140, 74), (80, 124, 62))
    canvas.fade(0.72, 1, (176, 84, 64), (150, 66, 50))
    for number in range(5):
        y = 0.75 + number * 0.055
        canvas.line([(0, y), (1, y - 0.015)], (236, 228, 220), 0.008)
    _people(canvas, canvas.random.randint(4, 7), 0.92, 0.3)


def _still_life(canvas: _Canvas) -> None:
    canvas.fade(0, 0.66, canvas.pick((72, 60, 64), (60, 70, 80), (96, 80, 66)), (130, 108, 92))
    canvas.fade(0.66, 1, (140, 104, 72), (92, 64, 44))
    count = canvas.random.randint(3, 5)
    for number in range(count):
        x = (number + 0.5) / count
        foot, tall = canvas.random.uniform(0.74, 0.86), canvas.random.uniform(0.26, 0.46)
        glow = canvas.pick((206, 70, 52), (224, 150, 60), (190, 196, 190), (80, 116, 120))
        canvas.disc(x, foot - tall * 0.35, tall * 0.36, glow)
        canvas.disc(x - 0.02, foot - tall * 0.45, tall * 0.14, _mixed(glow, (255, 250, 230), 0.6))
        canvas.box(x - 0.03, foot - tall * 0.06, x + 0.03, foot, _mixed(glow, (30, 20, 20), 0.6))
        canvas.line([(x, foot - tall * 0.7), (x, foot - tall)], (60, 44, 36), 0.012)


def _works(canvas: _Canvas) -> None:
    canvas.fade(0, 0.7, (176, 186, 192), (206, 206, 200))
    for number in range(7):
        canvas.line(
            [(number / 6, 0), (0.5 + (number / 6 - 0.5) * 0.5, 0.3)], (120, 126, 132), 0.014
        )
    canvas.fade(0.7, 1, (150, 158, 150), (108, 116, 112))
    for number in range(canvas.random.randint(3, 5)):
        left = 0.04 + number * 0.2
        machine = canvas.pick((70, 110, 150), (206, 140, 60), (96, 112, 104), (170, 172, 176))
        top = canvas.random.uniform(0.4, 0.56)
        canvas.box(left, top, left + 0.15, 0.8, machine)
        canvas.box(left + 0.02, top + 0.05, left + 0.09, top + 0.14, (40, 48, 56))
        canvas.disc(left + 0.12, top + 0.09, 0.018, (220, 70, 56))
    _people(canvas, canvas.random.randint(2, 3), 0.96, 0.42)


SCENES: tuple[Callable[[_Canvas], None], ...] = (
    _hills_and_fields,
    _river_and_bridge,
    _street,
    _hall,
    _sports_ground,
    _still_life,
    _works,
)
