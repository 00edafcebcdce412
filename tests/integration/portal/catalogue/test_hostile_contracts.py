"""What people and programs send as a contract that is none, or is meant to do harm."""

import io
import zipfile

import pytest
from django.urls import reverse

from grondslag_portal.catalogue.models import ContractVersion
from grondslag_portal.config.lengths import with_lengths
from made_catalogue import contract_text
from made_contracts import column


def said_at(answer, field):
    return [str(error) for error in answer.context["form"].errors.get(field, [])]


def zipped():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("wegen.odcs.yaml", contract_text("wegen"))
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zipped(),
        contract_text().replace("name: ongevallen", "name: [1, 2]").encode(),
        contract_text().replace("version: 1.0.0", "version: {a: b}").encode(),
        contract_text().replace("kind: DataContract", "kind: 7").encode(),
        contract_text(columns=[column("soort", description={"a": 1})]).encode(),
        contract_text(privacy={"minimum_group": "tien"}).encode(),
        contract_text().replace("Medewerkers", "Mede\u2067werkers\u2069").encode(),
        b"!!python/object/apply:os.system ['true']\n",
        b"{" * 100_000,
        b"",
    ],
    ids=["zip", "name", "version", "kind", "column", "group", "isolates", "tag", "deep", "empty"],
)
def test_what_is_no_contract_is_refused_at_its_field_and_writes_nothing(send, content):
    answer = send(content)

    assert answer.status_code == 400
    assert len(said_at(answer, "contract")) == 1
    assert not ContractVersion.objects.exists()


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "@SUM(A1)", "<img src=x onerror=alert(1)>", "{{ 7|add:7 }}"]
)
def test_words_of_an_owner_are_shown_as_they_are(client, send, text):
    odd = column("soort", description=text, businessName=text)

    assert send(contract_text("wegen", columns=[odd]).encode()).status_code == 302

    page = client.get(reverse("catalogue:dataset", args=["wegen"])).content.decode()
    shown = text.replace("<", "&lt;").replace(">", "&gt;")
    assert f"<td>{shown}</td>" in page
    kept = client.get(reverse("catalogue:download", args=["wegen", 1])).content.decode()
    assert text in kept


def test_ten_megabytes_of_text_are_refused_at_their_field_and_stay(send):
    typed = "# " + "x" * (10 << 20)

    answer = send(None, text=typed)

    assert answer.status_code == 413
    assert said_at(answer, "text")
    assert answer.context["form"]["text"].value() == typed


def test_more_than_is_read_is_said_with_413(send, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20

    answer = send(None, text="x" * (2 << 20))

    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode()


@pytest.mark.parametrize(("sent", "read"), [(b"abc", 3), (b"x" * 50, 11)])
def test_a_body_in_pieces_has_a_length_too(sent, read):
    told = {}

    def application(environ, _start):
        told.update(environ, body=environ["wsgi.input"].read())
        return []

    with_lengths(application, most=10)(
        {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True,
         "wsgi.input": io.BytesIO(sent)}, None,
    )  # fmt: skip

    assert (told["CONTENT_LENGTH"], len(told["body"])) == (str(read), read)


def test_a_body_of_a_known_length_is_left_alone():
    stream = io.BytesIO(b"abc")
    told = []

    with_lengths(lambda environ, _start: told.append(environ) or [], most=1)(
        {"CONTENT_LENGTH": "3", "wsgi.input": stream}, None
    )

    assert told == [{"CONTENT_LENGTH": "3", "wsgi.input": stream}]
