"""The app of tasks and long work."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """Nothing of its own to declare: its pages belong to the apps whose work it is."""

    name = "grondslag_portal.tasks"
    label = "tasks"
