"""When something that runs in the background was last seen."""

from django.db import models


class Pulse(models.Model):
    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
