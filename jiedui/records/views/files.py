"""Evidence leaves the house only through this door, which asks the scope each time."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from jiedui.accounts.policies import policy
from jiedui.records import evidence
from jiedui.records.models import Evidence

INLINE = {"application/pdf", "image/jpeg", "image/png"}


@policy()
@require_GET
def download(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A file under its own name, never run by the browser; 404 outside the user's records."""
    item = get_object_or_404(Evidence.objects.visible_to(request.user), uid=uid, is_citation=False)
    path = evidence.path_of(item.sha256)
    if not path.exists():
        raise Http404
    response: HttpResponse | FileResponse = FileResponse(
        path.open("rb"), content_type=item.media_type
    )
    header = content_disposition_header(item.media_type not in INLINE, item.name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # The browser's own reader of PDF does not open in a sandbox; nothing else may run anything at all.
    is_pdf = item.media_type == "application/pdf"
    policy_text = "frame-ancestors 'none'" if is_pdf else "default-src 'none'; sandbox"
    response.headers["Content-Security-Policy"] = policy_text
    return response
