"""Departments bring and change their own contracts; what is not right is refused at its field."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grondslag.canonical import to_yaml
from grondslag_portal.catalogue.models import ContractVersion, Dataset
from grondslag_portal.catalogue.resting import Resting
from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.shared.access import Role
from made_catalogue import contract_text
from made_contracts import AREAS, areas_hash, column


@pytest.fixture
def elsewhere(portal):
    """An owner of another department only."""
    person = Person.objects.create_user("elders", "eigenaar elders")
    department = Department.objects.get(key="burgerzaken")
    RoleGrant.objects.create(
        person=person, role=Role.OWNER, department=department, start=portal.clock.now().date()
    )
    portal.people["elders"] = person
    return person


def said_at(answer, field):
    return [str(error) for error in answer.context["form"].errors.get(field, [])]


def test_what_came_in_goes_out_byte_for_byte(client, portal, send):
    content = b"# by hand, kept\n" + contract_text("wegen").encode().replace(b"\n", b"\r\n")

    assert send(content).status_code == 302

    page = client.get(reverse("catalogue:download", args=["wegen", 1]))
    assert page.content == content
    assert ("catalogue.contract-kept", "wegen") in portal.audited()


def test_the_same_contract_again_is_no_new_version(send, dataset):
    send(contract_text().encode())

    assert dataset.versions.count() == 1


def test_a_contract_comes_with_the_list_of_areas_it_pins(client, send):
    pinned = {"areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()}}
    where = column("buurt", privacy={"area_level": "buurt"})
    content = contract_text("wegen", privacy=pinned, columns=[where]).encode()

    refused = send(content)
    assert refused.status_code == 400
    assert "gebieden.areas.yaml" in said_at(refused, "contract")[0]

    areas = to_yaml(AREAS).encode()
    assert send(content, beside=[("gebieden.areas.yaml", areas)]).status_code == 302
    second = contract_text("paden", privacy=pinned, columns=[where]).encode()
    assert send(second).status_code == 302  # the list is known by now
    page = client.get(reverse("catalogue:dataset", args=["paden"]))
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "UTF-8"),
        (b"<html><script>alert(1)</script></html>", ""),
        (b"[1, 2]", ""),
        (b"a: &x [*x]\n", ""),
        (contract_text().replace("verkeersveiligheid", "veilig\u202eheid").encode(), ""),
        (contract_text(privacy={"access": "everybody"}).encode(), "regel"),
        (b"%PDF-1.7\n", ""),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_writes_nothing(send, content, said):
    answer = send(content)

    assert answer.status_code == 400
    assert said in said_at(answer, "contract")[0]
    assert not ContractVersion.objects.exists()


def test_a_refused_file_stays_on_the_page_as_text_that_can_be_mended(send):
    wrong = contract_text(privacy={"access": "everybody"})

    answer = send(wrong.encode())

    assert answer.context["form"]["text"].value() == wrong


def test_markup_in_a_contract_is_shown_and_never_run(client, send):
    evil = column("soort", description="<script>alert(1)</script> is de soort.")

    assert send(contract_text("wegen", columns=[evil]).encode()).status_code == 302

    page = client.get(reverse("catalogue:dataset", args=["wegen"])).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_ten_megabytes_are_refused_with_413_at_their_field(send):
    as_file = send(b"# " + b"x" * (10 << 20))
    assert as_file.status_code == 413
    assert said_at(as_file, "contract")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "169.254.169.254", "10.0.0.8",
                                  "[::1]", "database.example", "0x7f000001"])  # fmt: skip
def test_a_server_that_is_not_on_the_list_is_refused_with_its_field(send, host):
    server = {
        "server": "bron", "type": "postgres", "host": host, "port": 5432, "database": "d",
        "schema": "s",
    }  # fmt: skip

    answer = send(contract_text(server=server).encode())

    assert answer.status_code == 400
    assert "host" in said_at(answer, "contract")[0]
    assert not Dataset.objects.exists()


def test_a_server_on_the_list_comes_in(send, settings):
    settings.SOURCE_HOSTS = frozenset({"bronnen.gemeente.example"})
    server = {
        "server": "bron", "type": "postgres", "host": "Bronnen.gemeente.example", "port": 5432,
        "database": "d", "schema": "s",
    }  # fmt: skip

    assert send(contract_text(server=server).encode()).status_code == 302


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../installation/vault/machine", "../../..",
                                  "../../geheim/x.csv", "file:///etc/passwd", "C:\\x.csv",
                                  "\\\\server\\share\\x.csv", "http://10.0.0.8/x.csv"])  # fmt: skip
def test_a_file_that_points_inward_is_refused_with_its_field(send, settings, path):
    (settings.PROJECTS / "geheim").mkdir(parents=True)
    (settings.PROJECTS / "geheim" / "plan.yaml").touch()
    local = {"server": "bestand", "type": "local", "path": path, "format": "csv"}

    answer = send(contract_text(server=local).encode())

    assert answer.status_code == 400
    assert "path" in said_at(answer, "contract")[0]


def test_a_folder_of_sources_that_points_inward_is_refused_with_its_field(send):
    answer = send(contract_text(privacy={"source_folders": ["/"]}).encode())

    assert answer.status_code == 400
    assert "source_folders" in said_at(answer, "contract")[0]


def test_a_contract_of_another_department_is_refused(send, dataset):
    burger = Department.objects.get(key="burgerzaken").pk

    named = send(contract_text("wegen", department="Burgerzaken").encode())
    taken = send(contract_text(department="Burgerzaken").encode(), department="burgerzaken")

    assert "Mobiliteit" in said_at(named, "contract")[0]
    assert said_at(taken, "contract")
    assert not Dataset.objects.filter(department=burger).exists()


def test_only_who_keeps_the_department_may_change_its_dataset(client, portal, dataset, elsewhere):
    for who, expected in (("elders", 403), ("adviseur", 403), ("eigenaar", 200)):
        portal.sign_in(client, who)
        for name in ("parts", "replace"):
            page = client.get(reverse(f"catalogue:{name}", args=[dataset.key]))
            assert page.status_code == expected, (who, name)


def test_who_keeps_another_department_cannot_bring_a_contract_for_this_one(send, elsewhere):
    answer = send(contract_text().encode(), by="elders")

    assert answer.status_code == 400
    assert said_at(answer, "department")
    assert not Dataset.objects.exists()


def parts_of(client, dataset):
    form = client.get(reverse("catalogue:parts", args=[dataset.key])).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_a_form_changes_one_part_and_keeps_every_other_sign(client, portal, mobility, send):
    before = "# hand\n" + contract_text(
        "wegen", description={"purpose": "Weten.", "limitations": "Geen."}
    )
    send(before.encode())
    dataset = Dataset.objects.get(key="wegen")
    typed = parts_of(client, dataset) | {"origin": "Meldingen: van “iedereen”, # ook buiten"}

    answer = client.post(reverse("catalogue:parts", args=["wegen"]), typed)

    assert answer.status_code == 302
    after = bytes(dataset.versions.get(current=True).content).decode()
    changed = [
        (one, other)
        for one, other in zip(before.splitlines(), after.splitlines(), strict=True)
        if one != other
    ]
    assert [other.strip() for _, other in changed] == [
        'origin: "Meldingen: van “iedereen”, # ook buiten"'
    ]


def test_the_second_writer_sees_both_and_chooses(client, portal, dataset):
    portal.sign_in(client, "eigenaar")
    early = parts_of(client, dataset) | {"title": "Van mij", "purpose": "Weten.", "version": "2"}
    client.post(reverse("catalogue:parts", args=[dataset.key]), early | {"title": "Van een ander"})

    late = client.post(reverse("catalogue:parts", args=[dataset.key]), early)

    assert late.status_code == 409
    assert ("Van een ander", "Van mij") in late.context["theirs"].values()
    again = {name: late.context["form"][name].value() for name in late.context["form"].fields}
    assert client.post(reverse("catalogue:parts", args=[dataset.key]), again).status_code == 302
    dataset.refresh_from_db()
    assert dataset.title == "Van mij"


def test_a_whole_text_that_somebody_overtook_is_shown_beside_theirs(client, portal, dataset):
    portal.sign_in(client, "eigenaar")
    page = reverse("catalogue:replace", args=[dataset.key])
    first = contract_text().replace("1.0.0", "1.1.0")

    assert client.post(page, {"text": first, "seen": 1}).status_code == 302
    late = client.post(page, {"text": first.replace("1.1.0", "1.2.0"), "seen": 1})

    assert late.status_code == 409
    assert late.context["theirs"] == first
    assert late.context["form"]["text"].value() == first.replace("1.1.0", "1.2.0")


def test_another_dataset_cannot_be_put_in_its_place(client, portal, dataset):
    portal.sign_in(client, "eigenaar")
    upload = SimpleUploadedFile("x.yaml", contract_text("wegen").encode())

    answer = client.post(
        reverse("catalogue:replace", args=[dataset.key]),
        {"contract": upload, "text": "", "seen": 1},
    )

    assert answer.status_code == 400
    assert dataset.key in said_at(answer, "contract")[0]


def test_running_projects_that_rest_on_a_dataset_stand_on_its_page(client, portal, mobility):
    project = portal.add_project()
    texts = {
        path.split("/")[1]: bytes(content)
        for path, content in project.documents.filter(path__startswith="contracts/").values_list(
            "path", "content"
        )
    }
    from grondslag_portal.catalogue.services import keep_contract

    name = next(name for name in texts if name.startswith("meldingen"))
    department, _ = Department.objects.get_or_create(
        name=project.datasets.get(dataset="meldingen").department, defaults={"key": "van-meldingen"}
    )
    keep_contract(texts[name], department=department, by="eigenaar", beside=texts)
    page = reverse("catalogue:dataset", args=["meldingen"])

    portal.sign_in(client, "eigenaar")
    shown = client.get(page).context["resting"]
    assert shown == [Resting(project.title, reverse("projects:project", args=[project.key]))]

    type(project).objects.update(restricted=True)
    portal.sign_in(client, "raadslid")
    assert client.get(page).context["resting"] == []
