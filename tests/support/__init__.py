"""What tests of every kind share: a clock and a chance that obey, and builders of plausible things."""
