"""The app of the example."""

from django.apps import AppConfig


class ExampleConfig(AppConfig):
    """Has commands only."""

    name = "grondslag_portal.example"
    label = "example"
