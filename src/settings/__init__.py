"""The settings of a deployment, read once, at the start."""

from settings.reading import WrongSetting
from settings.whole import Settings, read_settings

__all__ = ["Settings", "WrongSetting", "read_settings"]
