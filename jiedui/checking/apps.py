from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from jiedui.ui import navigation


class CheckingConfig(AppConfig):
    name = "jiedui.checking"
    verbose_name = "数据核校"

    def ready(self) -> None:
        navigation.register("checking:check", _("核校"), order=40, under=("/check/",))
