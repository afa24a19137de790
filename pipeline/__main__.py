"""`python -m pipeline` is the command `yojitsu`, without an installation."""

from pipeline.cli import console

if __name__ == "__main__":
    console()
