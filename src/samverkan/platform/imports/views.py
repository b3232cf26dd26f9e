"""Send a file in, see what it would do, confirm, undo: and where every figure came from."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from samverkan.platform.access.capabilities import Capability
from samverkan.platform.access.http import ActorRequest, requires
from samverkan.platform.audit.services import record_read

from .forms import DetailsForm, UploadForm, initial_details
from .kinds import ImportOptions, UndoRefusedError, import_kinds
from .models import ImportBatch
from .pages import ImportPage, import_page
from .problems import UnreadableFileError
from .results import AlreadyImportedError, Origin
from .selectors import import_batch, latest_imports
from .services import (
    NothingToConfirmError,
    change_import,
    guess_again,
    prepare,
    register_file,
    undo_import,
)
from .storage import StoredFile, stored_path
from .tasks import Step, carry_out
from .uploads import LimitedUploadHandler, as_token, from_token, keep


@require_GET
@requires(Capability.IMPORTS_WRITE)
def index(request: ActorRequest) -> HttpResponse:
    """The party's latest imports."""
    return render(request, "imports/index.html", {"imports": latest_imports(request.actor)})


@csrf_exempt
@requires(Capability.IMPORTS_WRITE)
def upload(request: ActorRequest) -> HttpResponseBase:
    """The form must be met by our own limit before anything reads it, so the check comes after."""
    handler = LimitedUploadHandler(request)
    request.upload_handlers = [handler]
    return _protected_upload(request, handler)


@csrf_protect
def _protected_upload(request: ActorRequest, handler: LimitedUploadHandler) -> HttpResponseBase:
    if request.method != "POST":
        return render(
            request, "imports/upload.html", {"form": UploadForm(), "kinds": import_kinds()}
        )
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _take_in(request, form, handler)
        except UnreadableFileError as error:
            form.add_error("file", f"{error.message} {error.remedy}".strip())
        except AlreadyImportedError as error:
            messages.info(request, _already(error.earlier))
            return redirect("imports:detail", ref=error.earlier.ref)
    context = {"form": form, "kinds": import_kinds()}
    return render(request, "imports/upload.html", context, status=422)


def _take_in(
    request: ActorRequest, form: UploadForm, handler: LimitedUploadHandler
) -> HttpResponseBase:
    stored, name = _sent_file(request, form, handler)
    prepared = prepare(request.actor, stored, name, kind_code=form.cleaned_data["kind"])
    if not prepared.kind_code:
        # The file is kept, so that it need not be sent again with the answer.
        answers = request.POST.copy()
        answers["kept"] = as_token(stored, name, request.actor.user_id)
        form.data = answers
        form.add_error("kind", _("It is not clear what the file holds. Choose what it is."))
        context = {"form": form, "kinds": import_kinds(), "kept_name": name}
        return render(request, "imports/upload.html", context, status=422)
    origin = Origin(name, prepared.source_code, request.actor.at)
    options = ImportOptions(mapping=dict(prepared.mapping), given=dict(prepared.given))
    batch = register_file(request.actor, stored, prepared.kind_code, origin, options)
    return _do(request, batch, Step.CHECK)


def _sent_file(
    request: ActorRequest, form: UploadForm, handler: LimitedUploadHandler
) -> tuple[StoredFile, str]:
    if handler.is_too_large:
        raise UnreadableFileError(
            _("The file is too large."), _("Divide it into smaller files, for example by year.")
        )
    sent = form.cleaned_data["file"]
    if sent is not None:
        return keep(sent), sent.name
    kept = from_token(form.cleaned_data["kept"], request.actor.user_id)
    if kept is None:
        raise UnreadableFileError(_("Choose a file."))
    return kept


@require_GET
@requires(Capability.IMPORTS_WRITE)
def detail(request: ActorRequest, ref: str) -> HttpResponse:
    """One import: what it is, what it would do or did, and the next step."""
    page = import_page(request.actor, _batch(request, ref))
    form = None
    if page.sample is not None and page.kind is not None:
        form = DetailsForm(page.kind, page.sample, initial=initial_details(page.batch))
    return _show(request, page, form)


@require_POST
@requires(Capability.IMPORTS_WRITE)
def change(request: ActorRequest, ref: str) -> HttpResponseBase:
    """Say anew what the file is, and check it again."""
    page = import_page(request.actor, _batch(request, ref))
    if page.sample is None or page.kind is None:
        return redirect("imports:detail", ref=ref)
    form = DetailsForm(page.kind, page.sample, request.POST)
    new_kind = import_kinds().get(request.POST.get("kind", ""))
    try:
        if new_kind is not None and new_kind.code != page.batch.kind:
            batch = guess_again(request.actor, ref, new_kind.code)
        elif form.is_valid():
            origin, options = form.origin(page.batch), form.options()
            batch = change_import(request.actor, ref, page.kind.code, origin, options)
        else:
            return _show(request, page, form, status=422)
    except NothingToConfirmError:
        messages.info(request, _("The import can no longer be changed."))
        return redirect("imports:detail", ref=ref)
    return _do(request, batch, Step.CHECK)


@require_POST
@requires(Capability.IMPORTS_WRITE)
def confirm(request: ActorRequest, ref: str) -> HttpResponseBase:
    """Import the file."""
    return _do(request, _batch(request, ref), Step.IMPORT)


@require_POST
@requires(Capability.IMPORTS_WRITE)
def undo(request: ActorRequest, ref: str) -> HttpResponse:
    """Take a whole import back."""
    batch = _batch(request, ref)
    try:
        rows = undo_import(request.actor, batch.ref)
    except UndoRefusedError as error:
        messages.error(request, str(error))
    else:
        told = ngettext(
            "The import is undone: %(rows)d row.", "The import is undone: %(rows)d rows.", rows
        )
        messages.success(request, told % {"rows": rows})
    return redirect("imports:detail", ref=ref)


@require_GET
@requires(Capability.IMPORTS_WRITE)
def original(request: ActorRequest, ref: str) -> FileResponse:
    """The file as it was sent in."""
    batch = _batch(request, ref)
    path = stored_path(batch.stored_as)
    # A redaction has taken the file away: the folder that an empty name leads to is no file.
    if not path.is_file():
        raise Http404
    record_read(request.actor, "import", batch.ref, owner_party_ref=batch.party_ref)
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=batch.file_name,
        content_type="application/octet-stream",
    )


def _do(request: ActorRequest, batch: ImportBatch, step: Step) -> HttpResponse:
    try:
        carry_out(request.actor, batch, step)
    except AlreadyImportedError as error:
        messages.info(request, _already(error.earlier))
        return redirect("imports:detail", ref=error.earlier.ref)
    except NothingToConfirmError:
        messages.info(request, _("There is nothing to import here any more."))
    return redirect("imports:detail", ref=batch.ref)


def _show(
    request: HttpRequest, page: ImportPage, form: DetailsForm | None, status: int = 200
) -> HttpResponse:
    return render(request, "imports/detail.html", {"page": page, "form": form}, status=status)


def _batch(request: ActorRequest, ref: str) -> ImportBatch:
    batch = import_batch(request.actor, ref)
    if batch is None:
        raise Http404
    return batch


def _already(earlier: ImportBatch) -> str:
    day = timezone.localdate(earlier.finished_at or earlier.created_at)
    return _("This very file was imported on %(day)s. Nothing was changed.") % {
        "day": day.isoformat()
    }
