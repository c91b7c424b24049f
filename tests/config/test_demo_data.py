"""The demo's story as it lies in the files: the counts and figures that everything else rests on."""

import csv
import re
import tomllib
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from stdnum.se import orgnr

DEMO = Path(__file__).resolve().parents[2] / "config" / "demo"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
TAKE_PART_2020 = {"1264", "1267", "1280", "1281", "1285", "1287"}
WITHDREW = {"1230", "1231", "1233", "1261", "1262", "1263"}
TWELVE = TAKE_PART_2020 | WITHDREW
STATUSES = {"not_started", "on_schedule", "ongoing", "delivered", "done", "delayed", "postponed", "cancelled"}
GOAL_STATES = {"not_started", "on_schedule", "at_risk", "reached", "not_reached"}
COMPANY_COLUMNS = [
    "name",
    "organisation_number",
    "municipality_code",
    "field",
    "city",
    "street",
    "postal_code",
    "website",
    "profile_sv",
    "contact_name",
    "contact_email",
    "contact_phone",
    "staff1",
    "staff2",
]
EXHIBITORS_2019 = 134


def read_toml(name: str) -> dict:
    return tomllib.loads((DEMO / name).read_text("utf-8"))


def read_csv(name: str, encoding: str = "utf-8", delimiter: str = ",") -> list[dict[str, str]]:
    with (DEMO / name).open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, strict=True))


@pytest.fixture(scope="module")
def plan() -> dict:
    return read_toml("plan_2019.toml")


@pytest.fixture(scope="module")
def story() -> dict:
    return read_toml("events_2019.toml")


@pytest.fixture(scope="module")
def companies() -> list[dict[str, str]]:
    return read_csv("companies.csv")


@pytest.fixture(scope="module")
def people() -> list[dict]:
    return read_toml("people.toml")["people"]


def goals_of(plan: dict) -> list[dict]:
    return [goal for theme in plan["themes"] for goal in theme["goals"]]


# --- The plan ---------------------------------------------------------------------------------------------------------


def test_plan_covers_two_years_and_was_decided_after_the_fair(plan):
    head = plan["plan"]
    assert (head["first_year"], head["last_year"]) == (2019, 2020)
    assert date(2019, 6, 1) <= head["decided_on"] <= date(2019, 6, 30)


def test_participation_is_twelve_then_six(plan):
    taking_part = {row["year"]: row["municipalities"] for row in plan["participation"]}
    assert {year: len(codes) for year, codes in taking_part.items()} == {2019: 12, 2020: 6}
    assert set(taking_part[2019]) == TWELVE
    assert set(taking_part[2020]) == TAKE_PART_2020


def test_goals_have_unique_numbers_and_fit_their_fields(plan):
    goals = goals_of(plan)
    assert 2 <= len(plan["themes"]) <= 5
    assert [theme["position"] for theme in plan["themes"]] == list(range(1, len(plan["themes"]) + 1))
    assert len({goal["number"] for goal in goals}) == len(goals)
    assert {goal["kind"] for goal in goals} == {"effect", "delivery"}
    for goal in goals:
        assert goal["state"] in GOAL_STATES
        assert len(goal["number"]) <= 10
        assert 0 < len(goal["text"]) <= 300
        assert goal["description"].strip()


def test_activities_of_2019_are_six_done_and_five_on_schedule(plan):
    assert Counter(a["status"] for a in plan["activities"] if a["year"] == 2019) == {"done": 6, "on_schedule": 5}


def test_seven_activities_are_planned_for_2020_all_on_schedule(plan):
    assert Counter(a["status"] for a in plan["activities"] if a["year"] == 2020) == {"on_schedule": 7}


def test_activities_are_complete_and_fit_their_fields(plan):
    numbers = {goal["number"] for goal in goals_of(plan)}
    titles = [activity["title"] for activity in plan["activities"]]
    assert len(set(titles)) == len(titles) == 18
    for activity in plan["activities"]:
        assert activity["status"] in STATUSES
        assert len(activity["title"]) <= 200
        assert len(activity["done_by"]) <= 60
        assert set(activity["goals"]) <= numbers
        for text in ("what_happened", "short_term_effect", "long_term_effect"):
            assert activity[text].strip()


def test_changes_of_status_lead_to_the_status_that_the_activity_has(plan):
    changed = [activity for activity in plan["activities"] if "status_changes" in activity]
    assert changed
    for activity in changed:
        changes = activity["status_changes"]
        assert [one["on"] for one in changes] == sorted(one["on"] for one in changes)
        assert changes[-1]["after"] == activity["status"]
        assert {one[name] for one in changes for name in ("before", "after")} <= STATUSES


def test_fair_and_night_hang_under_no_goal(plan):
    goals = {a["title"]: a["goals"] for a in plan["activities"] if a["title"].startswith(("B2B", "Industrinatten"))}
    assert goals == {"B2B-mässan 2019": [], "Industrinatten 2019": [], "B2B-mässan 2020": [], "Industrinatten 2020": []}


def test_responsible_municipalities_take_part_after_the_handing_over(plan):
    for activity in plan["activities"]:
        assert activity["responsible"]
        assert set(activity["responsible"]) <= TAKE_PART_2020


def test_four_municipalities_handed_activities_over_and_the_rows_say_so(plan):
    handed_over = [activity for activity in plan["activities"] if "handed_over" in activity]
    givers = [code for activity in handed_over for code in activity["handed_over"]["from"]]
    assert sorted(givers) == ["1230", "1233", "1261", "1262"]
    assert set(givers) <= WITHDREW
    for activity in handed_over:
        assert activity["handed_over"]["on"].year == 2019
        assert re.search(r"lämnades .* över till", activity["what_happened"])


def test_what_happened_states_no_share_and_no_count_of_answers(plan):
    for activity in plan["activities"]:
        assert not re.search(r"\d\s*(%|procent)|\b(134|71|64|54|1 000|1000)\b", activity["what_happened"])


# --- The events -------------------------------------------------------------------------------------------------------


def test_activities_of_2019_name_the_four_past_events(plan, story):
    named = [slug for activity in plan["activities"] for slug in activity.get("events", [])]
    assert sorted(named) == sorted(event["slug"] for event in story["events"])
    assert sorted(named) == ["b2b-2019", "industrinatten-2019", "kickstart-2019-1", "kickstart-2019-2"]
    assert not any(activity.get("events") for activity in plan["activities"] if activity["year"] == 2020)


def test_fair_and_night_were_on_their_days(story):
    times = {event["slug"]: (event["starts_at"], event["ends_at"]) for event in story["events"]}
    assert times["b2b-2019"] == (
        datetime(2019, 3, 12, 9, tzinfo=STOCKHOLM),
        datetime(2019, 3, 12, 16, tzinfo=STOCKHOLM),
    )
    assert times["industrinatten-2019"] == (
        datetime(2019, 10, 22, 16, tzinfo=STOCKHOLM),
        datetime(2019, 10, 22, 21, 30, tzinfo=STOCKHOLM),
    )


def test_times_are_those_of_stockholm_and_in_order(story):
    for event in story["events"]:
        sessions = [
            moment for session in event.get("sessions", []) for moment in (session["starts_at"], session["ends_at"])
        ]
        moments = [
            event["registration_opens_at"],
            event["registration_closes_at"],
            event["starts_at"],
            event["ends_at"],
        ]
        for moment in moments + sessions:
            assert moment.utcoffset() == moment.astimezone(STOCKHOLM).utcoffset()
        assert moments == sorted(set(moments))
        if sessions:
            assert sessions == sorted(set(sessions))
            assert (sessions[0], sessions[-1]) == (event["starts_at"], event["ends_at"])


def test_events_point_at_known_places_and_issuers_and_fit_their_fields(story):
    for event in story["events"] + story["coming"]:
        assert event["venue"] in story["venues"]
        assert event["issuer"] in story["issuers"]
        assert event["capacity"] >= 1
        assert event["contact_email"].endswith("@torget.example")
        assert max(len(event["name"]), len(event["name_en"])) <= 120
        assert max(len(event.get("summary", "")), len(event.get("summary_en", ""))) <= 300
    for event in story["events"]:
        assert event["kind"] in {"fair", "night", "course"}
        assert all(event[key].strip() for key in ("summary", "summary_en", "description"))
    for venue in story["venues"].values():
        assert re.fullmatch(r"\d{3} \d{2}", venue["postal_code"])
        assert venue["accessibility"].strip()


def test_issuers_have_valid_numbers_that_are_said_to_be_invented(story):
    for issuer in story["issuers"].values():
        assert orgnr.is_valid(issuer["organisation_number"])
        assert "organisation_number" in issuer["invented"]
        assert issuer.get("municipality", "1281") in TWELVE


def test_coming_editions_are_made_from_past_ones(story):
    past = {event["slug"] for event in story["events"]}
    assert {edition["copied_from"] for edition in story["coming"]} <= past
    for edition in story["coming"]:
        assert "{year}" in edition["slug"]
        assert "{year}" in edition["name"]
        when = edition["when"]
        assert time.fromisoformat(when["starts"]) < time.fromisoformat(when["ends"])
        assert edition["registration_closes_before_days"] < when["days_ahead"]
        assert edition["registration_open_for_days"] > 0


def test_next_fair_is_in_malmo_with_140_stands(story):
    fair = next(edition for edition in story["coming"] if edition["copied_from"] == "b2b-2019")
    assert (fair["slug"], fair["capacity"], story["venues"][fair["venue"]]["city"]) == ("b2b-{year}", 140, "Malmö")
    assert (fair["when"]["week"], fair["when"]["weekday"]) == (12, "tuesday")


# --- The companies and the visitors -----------------------------------------------------------------------------------


def test_companies_are_160_with_all_columns(companies):
    assert len(companies) == 160
    assert list(companies[0]) == COMPANY_COLUMNS
    for company in companies:
        assert all(company[column].strip() for column in COMPANY_COLUMNS if column != "staff2")


def test_organisation_numbers_are_valid_unique_and_from_the_unused_range(companies):
    numbers = [company["organisation_number"] for company in companies]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert re.fullmatch(r"5599\d{2}-\d{4}", number)
        assert orgnr.is_valid(number)
        assert int(number[2]) >= 2


@pytest.mark.parametrize("rows", [EXHIBITORS_2019, 160])
def test_companies_are_spread_over_the_twelve_by_size(companies, rows):
    spread = Counter(company["municipality_code"] for company in companies[:rows])
    assert set(spread) == TWELVE
    assert min(spread.values()) >= 3
    assert [code for code, _ in spread.most_common(2)] == ["1280", "1281"]


@pytest.mark.parametrize("column", ["name", "website", "contact_email", "contact_phone", "profile_sv"])
def test_companies_share_nothing_that_is_their_own(companies, column):
    assert len({company[column] for company in companies}) == len(companies)


def test_companies_reach_nobody_real(companies):
    """Domains under .example, and telephone numbers that the telecom agency has set aside for fiction."""
    for company in companies:
        host = company["website"].removeprefix("https://")
        assert re.fullmatch(r"[a-z0-9-]+\.example", host)
        assert company["contact_email"].split("@")[1] == host
        series, last = company["contact_phone"].rsplit(" ", 1)
        assert series in {"070-174 06", "040-628 04"}
        assert int(last) >= 5 or series == "040-628 04"


def test_visitors_are_400_different_people_under_example():
    visitors = read_csv("visitors.csv")
    assert list(visitors[0]) == ["name", "company", "email"]
    assert len(visitors) == 400
    assert len({visitor["email"] for visitor in visitors}) == 400
    assert all(re.fullmatch(r"[a-z.-]+@[a-z0-9-]+\.example", visitor["email"]) for visitor in visitors)
    assert all(visitor["name"].strip() and visitor["company"].strip() for visitor in visitors)


# --- The answers ------------------------------------------------------------------------------------------------------


def test_answers_are_71_with_54_very_satisfied_and_64_contacts():
    assert (DEMO / "b2b_2019_answers.csv").read_bytes().startswith(b"\xef\xbb\xbfsatisfied;contacts\n")
    answers = read_csv("b2b_2019_answers.csv", encoding="utf-8-sig", delimiter=";")
    satisfied = Counter(answer["satisfied"] for answer in answers)
    contacts = Counter(answer["contacts"] for answer in answers)
    assert len(answers) == 71
    assert satisfied == {"very_satisfied": 54, "satisfied": 14, "neither": 2, "dissatisfied": 1}
    assert contacts == {"yes": 64, "no": 3, "dont_know": 4}


# --- The people -------------------------------------------------------------------------------------------------------


def test_people_are_one_for_each_role(people):
    roles = ["organiser", "editor", "treasurer", "door", "reader", "owner", "member", "visitor", "teacher"]
    assert [person["role"] for person in people] == roles
    assert len({person["email"] for person in people}) == len(people)
    assert all(person["language"] in {"sv", "en"} for person in people)
    assert all(person["municipality"] in TWELVE for person in people if "municipality" in person)


def test_people_of_the_cooperation_have_torgets_addresses(people):
    staff = [person for person in people if person["role"] in {"organiser", "editor", "treasurer", "door", "reader"}]
    assert all(person["email"].endswith("@torget.example") for person in staff)


def test_owner_and_member_work_at_a_company_of_the_2019_fair(people, companies):
    by_role = {person["role"]: person for person in people}
    exhibitors = {company["organisation_number"]: company for company in companies[:EXHIBITORS_2019]}
    company = exhibitors[by_role["owner"]["organisation_number"]]
    assert by_role["member"]["organisation_number"] == company["organisation_number"]
    assert (by_role["owner"]["name"], by_role["owner"]["email"]) == (company["contact_name"], company["contact_email"])
    assert by_role["member"]["name"] == company["staff1"]


def test_visitor_of_the_demo_is_among_the_visitors(people):
    visitor = next(person for person in people if person["role"] == "visitor")
    assert (visitor["name"], visitor["email"]) in {(row["name"], row["email"]) for row in read_csv("visitors.csv")}
