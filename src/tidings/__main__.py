"""``python -m tidings``."""

from tidings.serve.cli import main

if __name__ == "__main__":
    main()
