"""``python -m service`` is ``groundswell``."""

from service.cli import main

if __name__ == "__main__":
    main()
