"""The only renderer: updates and stories as HTML. Takes loaded objects, never queries."""

from .changes import change_answer, render_changes
from .eviction import evict_story
from .front_page import front_answer, front_page
from .moment import Moment, zone_name
from .pages import MANY_NEWER, page, story_page, update_page
from .pictures import figure_html, with_pictures
from .previews import preview_story, preview_update
from .regions import REGIONS, regions_html
from .search import search_page
from .update import pinned_html, title_of, update_html

__all__ = [
    "MANY_NEWER",
    "REGIONS",
    "Moment",
    "change_answer",
    "evict_story",
    "figure_html",
    "front_answer",
    "front_page",
    "page",
    "pinned_html",
    "preview_story",
    "preview_update",
    "regions_html",
    "render_changes",
    "search_page",
    "story_page",
    "title_of",
    "update_html",
    "update_page",
    "with_pictures",
    "zone_name",
]
