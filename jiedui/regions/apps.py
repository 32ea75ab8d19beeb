from django.apps import AppConfig
from django.core.signals import request_started
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class RegionsConfig(AppConfig):
    name = "jiedui.regions"
    verbose_name = _("行政区划与结对")

    def ready(self) -> None:
        from jiedui.regions.moves import forget_moves
        from jiedui.regions.names import forget_names

        # Moves and names are kept within a request; whoever changes a region makes them be read again.
        for forget in (forget_moves, forget_names):
            request_started.connect(forget)
            for signal in (post_save, post_delete):
                signal.connect(forget, sender="regions.Region")
