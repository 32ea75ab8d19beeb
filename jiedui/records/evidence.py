"""Evidence (佐证): files kept under their SHA-256, and citations. Nothing is served from here directly."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from jiedui.accounts.models import User
from jiedui.lib.canonical import sha256
from jiedui.records import permissions
from jiedui.records.errors import CellErrors, StaleRevision, WrongState
from jiedui.records.models import WAITING, Evidence, Record
from jiedui.records.revisions import locked, refreshed, writing

LARGEST_BYTES = 20 * 2**20
MOST_FILES = 20

# What a file is, is read from its first bytes; its name and the browser's word are not believed.
MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ofd": "application/ofd",
}
PLAIN = "text/plain"


def sniff(head: bytes, name: str) -> str:
    """The media type of a file by its first bytes; empty when it is not one we take."""
    for magic, media_type in MAGIC:
        if head.startswith(magic):
            return media_type
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        return "image/heic"
    if head.startswith(b"PK\x03\x04"):
        return OFFICE.get(PurePath(name).suffix.lower(), "")
    return PLAIN if PurePath(name).suffix.lower() == ".txt" and _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    """Text of any encoding has no control characters; UTF-16 says itself what it is."""
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return is_wide or not any(byte < 9 or 13 < byte < 32 for byte in head)


def clean_name(name: str) -> str:
    """A file's own name without folders and control characters, at most 200 characters."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in base if letter.isprintable()).strip(". ")[-200:] or "file"


def path_of(digest: str) -> Path:
    """Where the file with this SHA-256 lies."""
    return Path(settings.EVIDENCE_ROOT) / digest[:2] / digest


def store(*, chunks: Iterable[bytes], name: str, by: User, now: datetime) -> Evidence:
    """Keep a file under its hash; the same bytes are kept once. Raises CellErrors, nothing is kept."""
    folder = Path(settings.EVIDENCE_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    descriptor, draft = tempfile.mkstemp(dir=folder, prefix="upload-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                head, size = (head + chunk)[:16], size + len(chunk)
                if size > LARGEST_BYTES:
                    raise _refused(_("文件超过 20 MB，请压缩或分开上传。"))
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        media_type = sniff(head, name)
        if not size:
            raise _refused(_("文件是空的。"))
        if not media_type:
            raise _refused(_("只收 PDF、图片（JPG、PNG、HEIC）、OFD、Word、Excel 和纯文本文件。"))
        path = path_of(digest.hexdigest())
        path.parent.mkdir(exist_ok=True)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
    return Evidence.objects.create(
        sha256=digest.hexdigest(),
        name=clean_name(name),
        bytes=size,
        media_type=media_type,
        added_by=by,
        added_at=now,
    )


def cite(
    *,
    title: str,
    publisher: str,
    published_on: date | None,
    url: str,
    by: User,
    now: datetime,
    digest: str = "",
) -> Evidence:
    """Enter a citation (题名, 发布者, 日期, 网址, 摘要值). Without a digest its own words are hashed.

    Raises CellErrors.
    """
    words = {"title": title.strip(), "publisher": publisher.strip(), "url": url.strip()}
    if not words["title"]:
        raise CellErrors({(0, "title"): _("请填写题名。")})
    if words["url"] and urlsplit(words["url"]).scheme not in {"http", "https"}:
        raise CellErrors({(0, "url"): _("网址应以 http:// 或 https:// 开头。")})
    day = published_on.isoformat() if published_on else None
    digest = digest.strip().lower() or sha256(words | {"published_on": day})
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        raise CellErrors({(0, "digest"): _("摘要值应为 64 位十六进制数。")})
    return Evidence.objects.create(
        is_citation=True,
        sha256=digest,
        name=words["title"][:200],
        url=words["url"][:500],
        publisher=words["publisher"][:200],
        published_on=published_on,
        added_by=by,
        added_at=now,
    )


def attach(
    *, record: Record, items: Sequence[Evidence], by: User, now: datetime, seen: str
) -> Record:
    """Link evidence to a draft or returned revision, or detach all others: ``items`` is the new set.

    What is submitted is never changed: withdraw it first; a posted record is corrected.
    Raises StaleRevision, WrongState, NotAllowed, CellErrors.
    """
    with writing():
        record = locked([record])[0]
        if record.newest.mark != seen:
            raise StaleRevision(record)
        if record.pending is None or record.pending.state in WAITING:
            raise WrongState(_("已报送或已审核的不能改佐证；请先撤回或更正。"))
        permissions.require_entry(by, record)
        if len(items) > MOST_FILES:
            raise _refused(_("一件最多附 %(most)d 份佐证。") % {"most": MOST_FILES})
        record.pending.evidence.set(items)
        return refreshed(record)


def _refused(sentence: str) -> CellErrors:
    return CellErrors({(0, "evidence"): sentence})
