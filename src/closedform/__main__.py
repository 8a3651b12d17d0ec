"""``python -m closedform``."""

from closedform.cli import entry

if __name__ == "__main__":
    entry()
