"""Measurements: commands that print ratios, and the fitting of what is shipped."""

from ui.command import stay_offline

stay_offline()  # before numpy, as the command does
