"""A dataset in a portal, and how somebody sends a contract."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.organisations.models import Department
from made_catalogue import contract_text


@pytest.fixture
def mobility(portal):
    """The department that the contracts are of."""
    return Department.objects.get(key="mobiliteit")


@pytest.fixture
def dataset(mobility):
    """A dataset of that department."""
    return keep_contract(contract_text().encode(), department=mobility, by="eigenaar")


@pytest.fixture
def send(portal, client):
    """Send a contract as a file."""

    def sending(content, *, by="eigenaar", department="mobiliteit", beside=(), **typed):
        portal.sign_in(client, by)
        whose = Department.objects.get(key=department).pk
        files = [SimpleUploadedFile(name, found) for name, found in beside]
        fields = {"department": whose, "text": "", "beside": files, **typed}
        if content is not None:
            fields["contract"] = SimpleUploadedFile("c.odcs.yaml", content, "application/yaml")
        return client.post(reverse("catalogue:add"), fields)

    return sending
