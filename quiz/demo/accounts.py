"""Who signs in to the demo: `make run` prints a one-time link for each of these."""

from accounts.enums import Role

# Role and username, in the order they are printed.
DEMO_ACCOUNTS = (
    (Role.ORGANISER, "demo.to-chuc"),
    (Role.REVIEWER, "demo.duyet"),
    (Role.UNIT_LEAD, "demo.don-vi"),
    (Role.ADMINISTRATOR, "demo.quan-tri"),
)
