"""Raised and lowered words in texts that have no markup."""

import re

# Unicode 15: superscripts and subscripts, and modifier letters that look as raised ones do.
RAISED = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyz",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
        strict=True,
    )
)
LOWERED = dict(
    zip(
        "0123456789+-−=()aehijklmnoprstuvx",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
        strict=True,
    )
)
_SIGNS = {"sup": ("^", RAISED), "sub": ("_", LOWERED)}
_PART = re.compile(r"<(/?)(sup|sub)>")


def raise_signs(html: str) -> str:
    """Replace `sup` and `sub` by Unicode characters, else by `^` and `_`."""
    if "<su" not in html:
        return html
    parts = _PART.split(html)  # words, then again and again: "/" or "", name, words
    written = [parts[0]]
    for closing, name, words in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        written.append(words if closing else _as_signs(name, words))
    return "".join(written)


def _as_signs(name, words):
    mark, signs = _SIGNS[name]
    if all(each in signs for each in words):
        return "".join(map(signs.__getitem__, words))
    return f"{mark}{words}"
