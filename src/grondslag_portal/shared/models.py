"""The audit chain as a table, and where it ends."""

from django.db import models


class ChainRecord(models.Model):
    """One record of the chain with the head signed over it; only ever added.

    `line` and `head` are the engine's own bytes; the other columns are for finding them.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    time = models.CharField(max_length=40)
    actor = models.CharField(max_length=200, db_index=True)
    action = models.CharField(max_length=100, db_index=True)
    object = models.CharField(max_length=200, db_index=True)
    line = models.BinaryField()
    head = models.BinaryField()


class ChainEnd(models.Model):
    """The one row that every writer locks, so that records follow each other."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
