"""A clinic's year in virtual time: patients, doctors, an administrator, processes that die, providers that go away."""
