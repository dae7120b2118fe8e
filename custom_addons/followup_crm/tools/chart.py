"""Charts on paper, drawn as SVG: the same with any build of wkhtmltopdf, no script."""

from html import escape

WIDTH = 1000
HEIGHT = 300
LEFT, RIGHT, TOP, BOTTOM = 80, 60, 24, 62
COLORS = ("#1F4E5F", "#D98E04", "#7FA7B3", "#8A5A83")
GREY = "#D9D9D9"
FONT = (
    "font-family:'Noto Sans','DejaVu Sans','Noto Sans CJK SC','Microsoft YaHei',"
    "'SimSun',sans-serif"
)
LONGEST_NAME = 11
STEPS = (1, 2, 2.5, 5, 10)


def nice_step(top, lines=4):
    """A round distance between grid lines so that about ``lines`` reach ``top``."""
    if top <= 0:
        return 1.0
    raw = top / lines
    power = 10.0
    while power > raw:
        power /= 10
    while power * 10 <= raw:
        power *= 10
    return next(step * power for step in STEPS if step * power >= raw * (1 - 1e-9))


def short(number):
    """A number for an axis: 1.5M, 20k."""
    for limit, word in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(number) >= limit:
            return f"{number / limit:g}{word}"
    return f"{number:g}"


def svg(chart):
    """Draw a chart.

    :param chart: ``tools.document.Chart``
    :return: SVG as text; empty without anything to draw
    """
    count = len(chart.categories)
    plain = [one for one in chart.series if not one.is_percent]
    values = [value for one in plain for value in one.values]
    if not count or not any(values):
        return ""
    low, top = min(0, *values), max(0, *values)
    step = nice_step(max(top, -low))
    scale = _Scale(low - low % step, top + -top % step or step, count)
    parts = [*_grid(scale, step), *_names(chart, scale), *_legend(chart)]
    bars = [one for one in chart.series if not one.is_line]
    for number, one in enumerate(chart.series):
        color = COLORS[number % len(COLORS)]
        if one.is_line:
            parts += _line(one, scale, color)
        else:
            parts += _bars(one, scale, color, bars.index(one), len(bars))
    if any(one.is_percent for one in chart.series):
        parts += _percent_axis(scale)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'
    )


class _Scale:
    """Where values and categories are on the drawing."""

    def __init__(self, low, top, count):
        self.low, self.top, self.count = low, top, count
        self.slot = (WIDTH - LEFT - RIGHT) / count

    def y(self, value):
        part = (value - self.low) / (self.top - self.low)
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)

    def percent_y(self, value):
        return self.y(self.low + value * (self.top - self.low))

    def x(self, number):
        return LEFT + number * self.slot


def _text(x, y, words, anchor="middle", size=12, more=""):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
        f' fill="#444444" style="{FONT}"{more}>{escape(words)}</text>'
    )


def _grid(scale, step):
    value = scale.low
    while value <= scale.top + step / 2:
        y = scale.y(value)
        yield (
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"'
            f' stroke="{GREY}" stroke-width="1"/>'
        )
        yield _text(LEFT - 6, y + 4, short(round(value, 6)), "end")
        value += step


def _percent_axis(scale):
    for percent in (0, 20, 40, 60, 80, 100):
        y = scale.percent_y(percent / 100)
        yield _text(WIDTH - RIGHT + 6, y + 4, f"{percent} %", "start")


def _names(chart, scale):
    tilted = scale.slot < 75
    for number, name in enumerate(chart.categories):
        x, y = scale.x(number + 0.5), HEIGHT - BOTTOM + 16
        words = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        turn = f' transform="rotate(-35 {x:.1f} {y:.1f})"' if tilted else ""
        yield _text(x, y, words, "end" if tilted else "middle", 11, turn)


def _legend(chart):
    x = LEFT
    for number, one in enumerate(chart.series):
        color = COLORS[number % len(COLORS)]
        yield f'<rect x="{x}" y="4" width="12" height="12" fill="{color}"/>'
        yield _text(x + 17, 15, one.name, "start")
        # East Asian characters are twice as wide.
        x += 40 + sum(13 if ord(letter) > 0x2E80 else 7 for letter in one.name)


def _bars(one, scale, color, place, bars):
    wide = scale.slot * 0.72 / bars
    for number, value in enumerate(one.values):
        x = scale.x(number) + scale.slot * 0.14 + place * wide
        high, zero = sorted((scale.y(value), scale.y(0)))
        yield (
            f'<rect x="{x:.1f}" y="{high:.1f}" width="{wide:.1f}"'
            f' height="{zero - high:.1f}" fill="{color}"/>'
        )


def _line(one, scale, color):
    where = scale.percent_y if one.is_percent else scale.y
    points = [
        (scale.x(number + 0.5), where(value)) for number, value in enumerate(one.values)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>'
    for x, y in points:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>'
