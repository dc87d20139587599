"""Colours: Okabe and Ito's palette, one partner one colour, chosen by order and never by name.

Source: M. Okabe and K. Ito, Color Universal Design (2008). Blue is kept for the case's lines and grey for the
baseline, so that a partner's bar is never taken for them. A hatch goes with each colour, for print in grey.
"""

from __future__ import annotations

PARTNER_COLOURS = ("#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
HATCHES = ("none", "diagonal", "dots", "upright", "back", "level", "cross")
INK = "#111111"
PAPER = "#FFFFFF"


def style_of(position: int) -> int:
    """Index of the colour and hatch of the partner at a position; after the last the palette starts again."""
    return position % len(PARTNER_COLOURS)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21.

        (L1 + 0.05) / (L2 + 0.05)      L = 0.2126 R + 0.7152 G + 0.0722 B, linear light

    Source: W3C, Web Content Accessibility Guidelines 2.1 (2018), "contrast ratio".

    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    return max((INK, PAPER), key=lambda ink: contrast(ink, colour))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def partner_css() -> str:
    """Style rules of the partners' fills, one class for each palette place."""
    return "\n".join(f".p{place}{{fill:{colour}}}" for place, colour in enumerate(PARTNER_COLOURS))
