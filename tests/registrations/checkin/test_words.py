"""The phone's words: the server gives every text that ``static/door/words.js`` asks for, with the blanks that it fills."""

import json
import re
import subprocess

import pytest
from django.conf import settings

from registrations.checkin.app.texts import catalogues
from registrations.checkin.practice import PRACTICE_TICKETS
from tests.node import node_or_skip

ASKED = """
const { DETAILS, TEXT_KEYS } = await import(process.argv[1] + "/words.js");
const { PRACTICE_TICKETS } = await import(process.argv[1] + "/practice.js");
const practice = PRACTICE_TICKETS.map(({ code, outcome }) => [code, outcome]);
console.log(JSON.stringify({ details: DETAILS, keys: TEXT_KEYS, practice }));
"""


@pytest.fixture(scope="module")
def asked():
    node = node_or_skip()
    door = (settings.BASE_DIR / "static" / "door").as_uri()
    command = [node, "--input-type=module", "-e", ASKED, door]
    return json.loads(subprocess.run(command, check=True, capture_output=True, timeout=30).stdout)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_words_are_all_there(asked, language):
    texts = catalogues()[language]
    assert [key for key in asked["keys"] if not texts.get(key)] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_words_have_only_the_blanks_that_are_filled(asked, language):
    texts = catalogues()[language]
    blanks = {(key, blank) for key in asked["details"] for blank in re.findall(r"{(\w+)}", texts[f"{key}_detail"])}
    assert blanks <= {(key, blank) for key, filled in asked["details"].items() for blank in filled}


def test_practice_tickets_are_the_same_on_paper_and_on_the_phone(asked):
    assert [[ticket.code, ticket.outcome] for ticket in PRACTICE_TICKETS] == asked["practice"]
