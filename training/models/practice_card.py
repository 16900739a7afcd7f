"""What a person remembers of an item they practise."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeCard(models.Model):
    """`memory` is FSRS's own card (stability, difficulty, state); `due_at` when to ask again."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_cards"
    )
    item = models.ForeignKey("quiz.Item", on_delete=models.CASCADE, related_name="+")
    memory = models.JSONField()
    due_at = models.DateTimeField(_("hỏi lại lúc"))
    asked = models.PositiveIntegerField(_("số lần hỏi"), default=0)
    right = models.PositiveIntegerField(_("số lần đúng"), default=0)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("thẻ ôn luyện")
        constraints = [
            models.UniqueConstraint(fields=["person", "item"], name="one_practice_card_per_item")
        ]
        indexes = [models.Index(fields=["person", "due_at"], name="practice_due")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.item_id}"
