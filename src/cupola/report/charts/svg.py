"""A few words of SVG: elements whose every attribute and text is escaped."""

from __future__ import annotations

from markupsafe import Markup, escape


def tag(name: str, *children: Markup | str, **attributes: object) -> Markup:
    """One element. ``class_`` is written ``class`` and underscores become hyphens; None leaves an attribute out.

    >>> str(tag("text", "a<b", x=1.25, class_="note"))
    '<text x="1.2" class="note">a&lt;b</text>'
    """
    parts = [
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _attribute(value))
        for key, value in attributes.items()
        if value is not None
    ]
    opened = Markup("<{}{}").format(Markup(name), Markup("").join(parts))
    if not children:
        return opened + Markup("/>")
    return opened + Markup(">") + Markup("").join(escape(child) for child in children) + Markup(f"</{name}>")


def picture(
    name: str, title: str, description: str, width: float, height: float, *children: Markup, kind: str = ""
) -> Markup:
    """An SVG image with its accessible title and description; ``name`` must be unique on the page."""
    return tag(
        "svg",
        tag("title", title, id=f"{name}-title"),
        tag("desc", description, id=f"{name}-desc"),
        *children,
        class_=f"chart {kind}".strip(),
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def document(title: str, style: str, width: float, height: float, *children: Markup) -> str:
    """An SVG file on white paper: a picture that stands alone, with its title for those who cannot see it."""
    root = tag(
        "svg",
        tag("title", title),
        Markup("<style>{}</style>").format(Markup(style)),
        tag("rect", width=width, height=height, fill="#fff"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        width=width,
        height=height,
        role="img",
    )
    return f"{root}\n"


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def text(x: float, y: float, words: str, class_: str = "label", anchor: str | None = None) -> Markup:
    """Words at a point; ``anchor`` is ``middle`` or ``end``, the start when None."""
    return tag("text", words, x=x, y=y, class_=class_, text_anchor=anchor)


def polyline(points: list[tuple[float, float]], class_: str) -> Markup:
    """A line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return tag("polyline", points=path, class_=class_)


def _attribute(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
