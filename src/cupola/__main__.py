"""``python -m cupola``: the same program as the console script."""

from cupola.cli import main

if __name__ == "__main__":
    main()
