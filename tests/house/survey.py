"""Walks every page of the house as every viewer, towards every place, and keeps what came back."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction
from django.test import Client
from django.urls import reverse

from jiedui.lib.places import pairing_key, pairing_sides, six, twelve
from jiedui.records.columns import RecordField
from jiedui.records.kinds import bodies, columns_of
from jiedui.records.views.one import VERBS
from tests.house import scope_world as country
from tests.house.scope_world import Secret, World
from tests.house.test_policies import Page, pages

TARGETS = {
    "own": country.COUNTY,
    "sibling": country.SIBLING,
    "parent": country.CITY,
    "grandparent": country.PROVINCE,
    "other city": country.OTHER_CITY,
    "other province": country.OTHER_PROVINCE,
    "nothing": 459900_000000,
}
"""Places by how they stand to the county of the viewers; there is nothing at the last one."""

NOTHING = TARGETS["nothing"]
CHANGING = {"accounts:sign_out", "accounts:change_password", "accounts:sign_in"}
"""Pages about the viewer's own session, which would end the walk."""


BEGUN = {"records:new", "records:paste"}
"""Forms that first lead to an address of their own."""

Data = tuple[tuple[str, str], ...]


class Step(NamedTuple):
    """One request: which page, towards which place, and the place its path names, if any."""

    page: str
    target: str
    kind: str
    method: str
    path: str
    data: Data
    place: int | None
    has_line: bool

    @property
    def line(self) -> str:
        """The line of work of the record or figure it names; "" when it names none."""
        return self.kind.partition(".")[0] if self.has_line else ""


@dataclass
class Answer:
    """What came back: the status, and everything readable in it (exports unzipped)."""

    status: int
    text: str
    numbers: list[int]


# The steps of a page.


def kinds() -> list[str]:
    """All kinds; their records stand in every place."""
    return list(bodies())


def pairing_at(target: int) -> int:
    """The pairing of a place, and one that does not exist for no place."""
    return 440300_459900 if target == NOTHING else country.pairing_of(target)


def uid_at(page: str, kind: str, target: int) -> UUID:
    """The record (or evidence) of a place, and one that does not exist for no place."""
    if target == NOTHING:
        return uuid5(UUID(int=0), f"{page} {kind}")
    if "evidence" in page:
        return country.evidence_uid(target)
    return country.uid_of(kind, target)


def indicator_of(kind: str) -> str:
    """An indicator that the kind posts to; one that is split by county comes first, as it says more."""
    posts = bodies()[kind].posts
    return next((post for post in posts if post.lines), posts[0]).indicator if posts else "nothing"


def far_reaching() -> list[str]:
    """The kinds whose records point to others or count in more places than their own."""
    return [
        code
        for code, body in bodies().items()
        if any(isinstance(column, RecordField) for column in columns_of(body).values())
        or any(post.lines for post in body.posts)
    ]


Filler = Callable[[str, str, int], Any]

FILLERS: dict[str, Filler] = {
    "uid": uid_at,
    "kind": lambda _page, kind, _target: kind,
    "verb": lambda _page, kind, _target: sorted(VERBS)[kinds().index(kind) % len(VERBS)],
    "pairing": lambda _page, _kind, target: pairing_key(pairing_at(target)),
    "region": lambda _page, _kind, target: f"{six(target):06d}",
    "code": lambda page, kind, target: (
        indicator_of(kind) if page.startswith("figures:") else f"{six(target):06d}"
    ),
    "place": lambda _page, _kind, target: f"{six(target):06d}",
    "window": lambda _page, _kind, _target: "2021-01-01..2023-09-30",
    "pk": lambda page, _kind, target: country.party_pk(page, target),
}
"""What stands for each part of a path, by page, kind and place; a page with another part needs its line."""

PLACES_NAMED = {"uid", "region", "code", "place"}
"""Parts of a path that name a place or something in it."""

FULLY_ASKED = ("industry.receipt", "labour.training")
"""The kinds that are asked about every place; of the others each page is opened once."""


ASKED_ABOUT = {"own", "sibling", "other province"}
"""Where pages are asked about that name no place in their path, but only in what is asked of them."""


def steps(page: Page) -> Iterator[Step]:
    """All requests for one page: every place, and every kind where the path has one."""
    parts = set(page.pattern.pattern.converters)
    unknown = parts - set(FILLERS)
    assert not unknown, f"{page}: say in FILLERS what stands for {sorted(unknown)}"
    for label, target in TARGETS.items():
        if not parts - {"kind"} and label not in ASKED_ABOUT:
            continue
        for kind in asked_kinds(parts):
            for method, data in requests(kind, target, bool(parts)):
                yield step(page, label, kind, method, data)
    if not parts:
        yield step(page, "own", FULLY_ASKED[0], "get", ())
    if parts & {"kind", "place"} or ("uid" in parts and "verb" not in parts):
        for kind in kinds() if "kind" in parts else far_reaching():
            yield step(page, "own", kind, "get", ())


def asked_kinds(parts: set[str]) -> list[str]:
    """The kinds a page is asked with about every place."""
    if "verb" in parts:
        return kinds()[: len(VERBS)]
    return list(FULLY_ASKED if parts - {"kind"} else FULLY_ASKED[:1])


def step(page: Page, label: str, kind: str, method: str, data: Data) -> Step:
    """One request for a page towards a place."""
    parts = set(page.pattern.pattern.converters)
    kwargs = {name: FILLERS[name](page.name, kind, TARGETS[label]) for name in parts}
    path = reverse(page.name, kwargs=kwargs)
    place = (
        TARGETS[label]
        if PLACES_NAMED & parts or ("pk" in parts and "person" in page.name)
        else None
    )
    if "pairing" in parts and not (page.name.startswith("web:board") and "region" in dict(data)):
        place = twelve(pairing_sides(pairing_at(TARGETS[label]))[1])
    has_line = "place" in parts or ("uid" in parts and "evidence" not in page.name)
    return Step(page.name, label, kind, method, path, data, place, has_line)


def requests(kind: str, target: int, has_parts: bool) -> Iterator[tuple[str, Data]]:
    """The ways a page is asked: bare, towards the place, looking for words, and by post."""
    code, key = f"{six(target):06d}", pairing_key(pairing_at(target))
    uid = str(uid_at("", kind, target))
    if has_parts:
        yield "get", ()
    yield "get", (("region", code), ("pairing", key), ("from", "2021"), ("to", "2023"), ("by", "total"),
                  ("parts", "all"), ("for", "enter"))  # fmt: skip
    if not has_parts:
        yield "get", (("q", "r0" if target == country.SIBLING else country.name_at(target)),
                      ("page", "9999"), ("sort", "title"), ("evidence", "yes"))  # fmt: skip
        yield (
            "post",
            (("text", report(target)), ("published_on", "2023-10-16"), ("verb", "preview")),
        )
    yield "post", (("uid", uid), ("region", code), ("pairing", key), ("seen", ""), ("reason", "因故"),
                   ("verb", "submit"), ("record", str(country.pk_at(kind, target))))  # fmt: skip


def report(target: int) -> str:
    """A text that states figures of a place, some right and some not, for pages that take one."""
    name = country.name_at(target)
    wan = country.amount_wan(target) if target in country.WEST else 7
    return (
        f"截至2023年9月30日，{name}实际到位投资额{wan}万元，协作资金{wan + 1}万元，消费帮扶销售额{wan}万元，"
        f"培训劳务人员3人次。{country.name_at(country.SIBLING)}到位投资额{wan}万元。"
    )


# Asking.


def survey(
    secret: Secret, viewers: list[str], chosen: list[Page]
) -> dict[tuple[str, Step], Answer]:
    """Make the country, walk it as each viewer, and take everything back again."""
    answers: dict[tuple[str, Step], Answer] = {}
    with transaction.atomic():
        world = country.make_world(secret)
        walk = list(dict.fromkeys(one for page in chosen for one in steps(page)))
        for viewer in viewers:
            takes_no_post: set[str] = set()
            for one in walk:
                if one.method == "post" and one.page in takes_no_post:
                    continue
                answers[viewer, one] = answer = ask(world, viewer, one)
                if answer.status == 405:
                    takes_no_post.add(one.page)
        transaction.set_rollback(True)
    return answers


def every_page() -> list[Page]:
    """The pages of the house that are not about the session itself."""
    return [page for page in pages() if page.name not in CHANGING]


def ask(world: World, viewer: str, step: Step) -> Answer:
    """One request that leaves nothing behind."""
    with transaction.atomic():
        client = Client(raise_request_exception=True)
        client.force_login(world.users[viewer])
        data = dict(step.data)
        response = (
            client.post(step.path, data)
            if step.method == "post"
            else client.get(step.path, data, follow=step.page in BEGUN)
        )
        answer = read(response)
        transaction.set_rollback(True)
    return answer


def read(response: Any) -> Answer:
    """Body and headers as text without what differs each time, and the figures on the page."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(
        f"{name}: {value}" for name, value in response.items() if name != "Content-Length"
    )
    if content.startswith(b"PK\x03\x04"):
        text = unzipped(content)
        numbers = []
    else:
        text = without_tokens(content.decode())
        numbers = figures_in(text)
    return Answer(response.status_code, f"{headers}\n{html.unescape(text)}", numbers)


def unzipped(content: bytes) -> str:
    """Every part of an export, hidden sheets, comments and properties included."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = "\n".join(
            f"{name}\n{archive.read(name).decode('utf-8', 'replace')}"
            for name in archive.namelist()
        )
    return re.sub(r"(<dcterms:(created|modified)[^>]*>)[^<]*", r"\1", parts)


TOKENS = re.compile(
    r'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": "|name="uid"[^>]* value="|nonce="|[?&]uid=)'
    r'[^"&\s]*'
)
FIGURE = re.compile(r'class="n\b[^"]*"[^>]*>(?:<span class="b"[^>]*>[^<]*</span>)?([\d,]+)[.<]')


HASH = re.compile(r"\b[0-9a-f]{64}\b")
"""The head of a book is made to be handed out as an anchor: it proves, and tells nothing."""


def without_tokens(text: str) -> str:
    """The page without what is drawn at random for each request."""
    return HASH.sub("", TOKENS.sub(r"\1", text))


def figures_in(text: str) -> list[int]:
    """The whole numbers that a page shows as figures."""
    return [int(digits.replace(",", "")) for digits in FIGURE.findall(text)]
