"""The tags as pages use them: what is read out, what is linked, what is kept."""

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from events.look import states
from events.look.rooms import ROOMS
from events.templatetags import torget

ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (settings.BASE_DIR / "static/icons.svg").read_text()))
TEMPLATES = sorted((settings.BASE_DIR / "templates").glob("**/*.html"))


def rendered(source: str, path: str = "/", **context) -> str:
    return Template(source).render(Context({"request": RequestFactory().get(path), **context}))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


# --- Icons and states -----------------------------------------------------------------------------------------------


def test_icon_beside_a_word_is_silent():
    html = rendered('{% icon "check-circle" %}')

    assert 'aria-hidden="true"' in html
    assert "icons.svg#check-circle" in html


def test_icon_that_stands_alone_speaks():
    assert 'role="img" aria-label="Done &amp; dusted"' in rendered(
        '{% icon "check" label=word %}', word="Done & dusted"
    )


def test_no_comment_goes_on_over_the_line_and_onto_the_page():
    """Django's comments end with their line: what opens one and does not close it is text that everybody reads."""
    told = [
        path.name for path in TEMPLATES for line in path.read_text().splitlines() if "{#" in line and "#}" not in line
    ]

    assert told == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(settings.BASE_DIR / "templates")))
def test_icons_that_templates_name_exist(path):
    named = set(re.findall(r"""{% icon ["']([\w-]+)["']""", path.read_text()))
    named |= set(re.findall(r"""\bicon=["']([\w-]+)["']""", path.read_text()))

    assert named - ICONS == set()


def test_icons_of_states_and_rooms_exist():
    named = {look.icon for look in states.STATES.values()} | {room.icon for room in ROOMS}

    assert named - ICONS == set()


class Stage(models.TextChoices):
    ACCEPTED = "accepted", "Has a place"
    ODD = "odd", "Odd"


def test_state_badge_says_the_word_beside_the_colour():
    html = rendered("{% state_badge stage %}", stage=Stage.ACCEPTED)

    assert "state-good" in html
    assert "#check-circle" in html
    assert "Has a place" in html


def test_state_badge_of_an_unregistered_state_is_plain():
    assert "state-plain" in rendered("{% state_badge stage %}", stage=Stage.ODD)


def test_register_refuses_a_second_look():
    with pytest.raises(ValueError, match="already looks otherwise"):
        states.register({"accepted": states.Look("stop", "x")})


# --- Boxes ----------------------------------------------------------------------------------------------------------


def test_next_step_says_by_when():
    html = rendered('{% next_step "Pay" by=day %}<a>Go</a>{% endnext_step %}', day=date(2027, 2, 12))

    assert "<h2>Pay</h2>" in html
    assert "<a>Go</a>" in html
    assert "by 12\u00a0February\u00a02027" in html


def test_next_step_escapes_its_title():
    assert "<script>" not in rendered("{% next_step title %}{% endnext_step %}", title="<script>")


def test_empty_offers_the_way_on():
    assert '<a class="btn btn-secondary" href="/new/">New</a>' in rendered('{% empty "None" "Why" "/new/" "New" %}')


def test_stat_writes_numbers_and_leaves_texts():
    html = rendered('{% stat 16310 "visitors" %}{% stat "76.1%" "satisfied" %}')

    assert re.findall(r'stat-value">([^<]*)<', html) == ["16,310", "76.1%"]


def test_timeline_marks_where_one_is():
    html = rendered(
        "{% timeline steps %}", steps=[{"title": "Sent", "state": "done"}, {"title": "Decide", "state": "now"}]
    )

    assert html.count('aria-current="step"') == 1
    assert 'aria-label="Done"' in html


def test_steps_leads_back_but_not_forward():
    html = rendered("{% steps names 2 %}", names=[{"title": "A", "url": "/a/"}, {"title": "B", "url": "/b/"}, "C"])

    assert re.findall(r'<a [^>]*href="([^"]*)"', html) == ["/a/"]
    assert "Step 2 of 3: <strong>B</strong>" in html


# --- Lists ----------------------------------------------------------------------------------------------------------


def test_filter_chips_keep_the_search_and_start_over_at_page_one():
    html = rendered(
        '{% filter_chips "state" choices %}', "/?q=%C3%A5&page=3&state=b", choices=[("a", "A", 2), ("b", "B")]
    )

    assert re.findall(r'<a [^>]*href="([^"]*)"', html) == [
        "?q=%C3%A5",
        "?q=%C3%A5&amp;state=a",
        "?q=%C3%A5&amp;state=b",
    ]
    assert html.count('aria-current="true"') == 1


@pytest.mark.parametrize(("query", "link"), [("", "name"), ("?sort=name", "-name"), ("?sort=-name", "name")])
def test_sort_link_turns_round(query, link):
    assert f'href="?sort={link}"' in rendered('{% sort_link "name" "Name" %}', f"/{query}")


def test_pagination_keeps_the_query_string():
    page = Paginator(range(134), 50).page(2)

    html = rendered("{% pagination page %}", "/?state=a&page=2", page=page)

    assert "51–100 of 134" in html
    assert 'rel="next"' in html
    assert 'href="?state=a&amp;page=3"' in html


def test_pagination_of_one_page_is_silent():
    assert rendered("{% pagination page %}", page=Paginator(range(3), 50).page(1)).strip() == ""


def test_table_has_a_caption():
    assert ">Who comes</caption>" in rendered('{% table "Who comes" %}<tbody></tbody>{% endtable %}')


# --- Filters --------------------------------------------------------------------------------------------------------


def test_moment_is_shown_in_stockholm():
    assert (
        rendered("{{ at|moment }}", at=datetime(2019, 10, 22, 15, 30, tzinfo=UTC))
        == "Tue\u00a022\u00a0Oct\u00a02019 17:30"
    )


@pytest.mark.parametrize("name", ["day", "weekday", "clock", "moment", "number", "percent", "kronor"])
def test_filters_show_a_dash_for_nothing(name):
    assert rendered(f"{{{{ value|{name} }}}}", value=None) == "–"


def test_keys_in_templates_are_left_alone():
    """Numbers for people go through |number; a key in a form's value must come back as it was."""
    with translation.override("sv"):
        assert rendered('value="{{ key }}" {{ key|number }}', key=12345) == 'value="12345" 12\u00a0345'


def test_span_is_shown_in_stockholm():
    start, end = datetime(2019, 10, 22, 15, 30, tzinfo=UTC), datetime(2019, 10, 22, 18, 0, tzinfo=UTC)

    assert rendered("{% span start end %}", start=start, end=end).endswith("17:30–20:00")


def test_every_public_tag_is_in_the_table_of_contents():
    contents = (settings.BASE_DIR / "docs/look.md").read_text()
    hidden = {"number_or_text", "fault_count"}
    names = set(torget.register.tags) | set(torget.register.filters) - hidden

    assert {name for name in names - hidden if f"`{name}" not in contents and f"{{% {name} " not in contents} == set()


# --- The rules of the house, in every template ----------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(settings.BASE_DIR / "templates")))
def test_templates_hold_nothing_inline(path):
    """The CSP refuses inline styles, scripts and handlers; letters need their styles inside."""
    source = path.read_text()
    if "mail/" in str(path) or source.startswith('{% extends "mail/base.html"'):
        return
    scripts = [
        tag for tag in re.findall(r"<script[^>]*>", source) if "src=" not in tag and "application/json" not in tag
    ]

    assert scripts == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", source) == []


@pytest.mark.parametrize(
    "path", sorted((settings.BASE_DIR / "templates/components").glob("*.html")), ids=lambda p: p.name
)
def test_components_open_by_naming_their_parameters(path):
    assert path.read_text().startswith("{# ")
