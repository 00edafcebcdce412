"""Departments bring their own contracts; what is not right is refused at its field."""

from django.urls import reverse

from made_catalogue import contract_text as text_of


def test_smoke(portal, client, send, dataset):
    answer = send(text_of("wegen").encode())
    assert answer.status_code == 302, answer.content.decode()[:3000]
    for who in ("eigenaar", "raadslid", "beheer"):
        portal.sign_in(client, who)
        for name in ("list", "managers", "inbox", "terms", "differences"):
            assert client.get(reverse(f"catalogue:{name}")).status_code == 200, name
        page = client.get(answer.url)
        assert page.status_code == 200
    portal.sign_in(client, "eigenaar")
    for name in ("parts", "replace", "about-dataset"):
        page = client.get(reverse(f"catalogue:{name}", args=["wegen"]))
        assert page.status_code == 200, name
