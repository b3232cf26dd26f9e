"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from .views import commitments, parties, pledges, reading, restoring, sharing, signing, writing

app_name = "agreements"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.agreement_list, name="agreements"),
    path("nytt/", writing.new, name="new"),
    path("medborgarloften/", pledges.index, name="pledges"),
    path("medborgarloften/nytt/", pledges.new, name="pledge_new"),
    path("medborgarloften/<str:ref>/", pledges.pledge, name="pledge"),
    path("medborgarloften/<str:ref>/skriv/", pledges.write, name="pledge_write"),
    path("medborgarloften/<str:ref>/gjort/", pledges.done, name="pledge_done"),
    path("medborgarloften/<str:ref>/lage/", pledges.turn, name="pledge_turn"),
    path("ataganden/<str:commitment_ref>/", commitments.commitment, name="commitment"),
    path("<str:ref>/", reading.agreement_detail, name="agreement"),
    path("<str:ref>/versioner/", reading.history, name="history"),
    path("<str:ref>/versioner/<int:number>/", reading.changes, name="changes"),
    path("<str:ref>/versioner/<int:number>/aterta/", restoring.restore, name="restore"),
    path("<str:ref>/parter/", parties.index, name="parties"),
    path("<str:ref>/parter/ny/", parties.add, name="party_add"),
    path("<str:ref>/parter/<str:party_ref>/ta-bort/", parties.remove, name="party_remove"),
    path("<str:ref>/parter/<str:party_ref>/tecknar/", parties.signatory, name="party_signatory"),
    path("<str:ref>/lamna/", parties.leave, name="leave"),
    path("<str:ref>/fil/<str:kind>/", reading.download, name="download"),
    path("<str:ref>/dokument/<str:document_ref>/", reading.document, name="document"),
    path("<str:ref>/uppgifter/", writing.facts, name="facts"),
    path("<str:ref>/text/<str:part>/<str:key>/", writing.section, name="section"),
    path("<str:ref>/text/<str:part>/<str:key>/kommentera/", writing.comment, name="comment"),
    path("<str:ref>/kommentarer/<str:comment_ref>/", writing.answer, name="answer"),
    path("<str:ref>/dela/", writing.share, name="share"),
    path("<str:ref>/kasta/", writing.discard, name="discard"),
    path("<str:ref>/fornya/", writing.renew, name="renew"),
    path("<str:ref>/skicka/", signing.send, name="send"),
    path("<str:ref>/skriv-under/", signing.sign, name="sign"),
    path("<str:ref>/oppna/", signing.take_back, name="take_back"),
    path("<str:ref>/saga-upp/", signing.give_notice, name="notice"),
    path("<str:ref>/delning/", sharing.index, name="sharing"),
    path("<str:ref>/delning/<str:proposal_ref>/ja/", sharing.accept, name="clause_accept"),
    path("<str:ref>/delning/<str:proposal_ref>/nej/", sharing.decline, name="clause_decline"),
    path("<str:ref>/klausuler/<str:clause_ref>/aterkalla/", sharing.revoke, name="clause_revoke"),
    path("<str:ref>/ataganden/nytt/", commitments.new, name="commitment_new"),
    path(
        "<str:ref>/ataganden/<str:commitment_ref>/ta-bort/",
        commitments.remove,
        name="commitment_remove",
    ),
]
