"""Where an element lies on the screen, on pages that draw themselves anew."""

from playwright.sync_api import Locator, expect


def box_of(locator: Locator) -> dict[str, float]:
    """Return its box in CSS pixels; measure again if it was replaced meanwhile."""
    box = None
    while box is None:
        expect(locator).to_be_visible()
        box = locator.bounding_box()
    return box
